package io.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.holdfast.ServerSettings;
import io.holdfast.kind.Kinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node makes of the environment and the files the Kubernetes base gives it. */
class DeployedNodeTest {
  /** Read elsewhere than where one variable sets one thing: {@code ServerSettings} and {@code bin/holdfast}. */
  private static final Set<String> OTHERS = Set.of("HOLDFAST_ORIGINS", "HOLDFAST_JAVA_OPTS");

  private static final String POD_IP = "10.1.2.3";
  private static final Duration MARGIN = Duration.ofSeconds(10);

  @TempDir
  private static Path directory;

  private static Base base;
  private static ServerSettings settings;

  @BeforeAll
  static void load() throws Exception {
    base = Base.rendered();
    settings = ServerSettings.load(environment());
  }

  /** As the kubelet would make it, with the mounted files where a test can put them. */
  private static Map<String, String> environment() throws Exception {
    Map<String, String> environment = new TreeMap<>();
    for (EnvVar variable : base.container().getEnv()) {
      environment.put(variable.getName(), value(variable));
    }
    Path conf = directory.resolve("conf");
    Files.createDirectories(conf.resolve("kinds"));
    for (var file : data("holdfast-conf").entrySet()) {
      Files.writeString(conf.resolve(file.getKey()), file.getValue());
    }
    for (var file : data("holdfast-kinds").entrySet()) {
      Files.writeString(conf.resolve("kinds").resolve(file.getKey()), file.getValue());
    }
    environment.put("HOLDFAST_CONF", conf.toString());
    return environment;
  }

  private static Map<String, String> data(String map) {
    return base.one(ConfigMap.class, map).getData();
  }

  private static String value(EnvVar variable) throws Exception {
    if (variable.getName().endsWith("_FILE")) {
      Path secret = directory.resolve(variable.getName());
      return Files.writeString(secret, "not so secret, but long enough for a key")
          .toString();
    }
    if (variable.getValueFrom() == null) {
      return variable.getValue();
    }
    return switch (variable.getValueFrom().getFieldRef().getFieldPath()) {
      case "status.podIP" -> POD_IP;
      case "metadata.labels['app.kubernetes.io/version']" -> base.version();
      default -> throw new AssertionError(variable);
    };
  }

  @Test
  void knowsEveryVariableItIsGiven() throws Exception {
    Set<String> known = new HashSet<>(OTHERS);
    for (Object variable : Class.forName("io.holdfast.Variable").getEnumConstants()) {
      known.add(variable.toString());
      known.add(variable + "_FILE");
    }

    assertThat(base.container().getEnv())
        .extracting(EnvVar::getName)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(known).contains(name));
  }

  @Test
  void isReachableAsTheProbesAndTheServiceExpect() {
    Config config = settings.config();

    assertThat(settings.http()).isEqualTo(new ServerSettings.Address("0.0.0.0", base.port("http")));
    assertThat(settings.ops()).isEqualTo(new ServerSettings.Address("0.0.0.0", base.port("ops")));
    assertThat(config.getInt("akka.remote.artery.canonical.port")).isEqualTo(base.port("remoting"));
    assertThat(config.getString("akka.remote.artery.canonical.hostname")).isEqualTo(POD_IP);
  }

  @Test
  void looksForTheOthersByTheLabelAndThePortOfItsPods() {
    Config config = settings.config();
    Config discovery =
        config.getConfig("akka.management.cluster.bootstrap.contact-point-discovery");
    String selector = config
        .getString("akka.discovery.kubernetes-api.pod-label-selector")
        .formatted(discovery.getString("service-name"));

    assertThat(config.getBoolean("holdfast.cluster.bootstrap")).isTrue();
    assertThat(config.getString("akka.discovery.method")).isEqualTo("kubernetes-api");
    assertThat(base.podLabels().entrySet()).extracting(Object::toString).contains(selector);
    assertThat(base.port(discovery.getString("port-name")))
        .isEqualTo(config.getInt("akka.management.http.port"));
    assertThat(config.getString("akka.management.http.hostname")).isEqualTo(POD_IP);
    assertThat(base.nodes().getSpec().getReplicas())
        .isGreaterThanOrEqualTo(discovery.getInt("required-contact-point-nr"));
  }

  @Test
  void demandsTokensAndKeepsTheJournalInPostgres() {
    assertThat(settings.devMode()).isFalse();
    assertThat(settings.jdbc().url()).startsWith("jdbc:postgresql:");
    assertThat(settings.jdbc().password()).isNotEmpty();
  }

  @Test
  void takesTheVersionFromTheLabelOfItsPod() {
    assertThat(settings.config().getString("akka.cluster.app-version")).isEqualTo(base.version());
  }

  @Test
  void canServeTheKindsItIsGiven() throws Exception {
    assertThat(Kinds.load(settings.conf().resolve("kinds")).all()).isNotEmpty();
  }

  @Test
  void findsItsSecretsWhereTheyAreMounted() {
    List<String> mounts = base.container().getVolumeMounts().stream()
        .map(VolumeMount::getMountPath)
        .toList();

    assertThat(base.container().getEnv())
        .filteredOn(variable -> variable.getName().endsWith("_FILE"))
        .hasSize(2)
        .allSatisfy(variable ->
            assertThat(mounts).anyMatch(mount -> variable.getValue().matches(mount + "/[a-z-]+")));
  }

  @Test
  void hasTimeToStopInOrder() {
    Config shutdown = settings.config().getConfig("akka.coordinated-shutdown");
    Duration usual = shutdown.getDuration("default-phase-timeout");
    Duration stop = Duration.ZERO;
    for (Map.Entry<String, ConfigValue> phase : shutdown.getObject("phases").entrySet()) {
      Config about = shutdown.getConfig("phases").getConfig(phase.getKey());
      stop = stop.plus(about.hasPath("timeout") ? about.getDuration("timeout") : usual);
    }
    List<String> pause = base.container().getLifecycle().getPreStop().getExec().getCommand();
    assertThat(pause.get(0)).isEqualTo("sleep");
    Duration before = Duration.ofSeconds(Long.parseLong(pause.get(1)));

    assertThat(Duration.ofSeconds(base.pod().getTerminationGracePeriodSeconds()))
        .isGreaterThanOrEqualTo(stop.plus(before).plus(MARGIN));
  }
}
