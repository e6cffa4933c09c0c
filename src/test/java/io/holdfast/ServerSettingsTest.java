package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import io.holdfast.entity.EntitySettings;
import io.holdfast.http.HttpSettings;
import io.holdfast.journal.JournalSettings;
import io.holdfast.replica.ReplicaSettings;
import io.holdfast.session.SessionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSettingsTest {
  @TempDir
  Path directory;

  private final Map<String, String> environment = new HashMap<>();

  private ServerSettings load() {
    environment.putIfAbsent("HOLDFAST_CONF", directory.toString());
    return ServerSettings.load(environment);
  }

  private void file(String text) throws IOException {
    Files.writeString(directory.resolve("holdfast.conf"), text, StandardCharsets.UTF_8);
  }

  @Test
  void startsOnLoopbackInDevModeByDefault() {
    ServerSettings settings = load();

    assertThat(settings.devMode()).isTrue();
    assertThat(settings.http()).isEqualTo(new ServerSettings.Address("127.0.0.1", 8080));
    assertThat(settings.ops()).isEqualTo(new ServerSettings.Address("127.0.0.1", 8090));
    assertThat(settings.jdbc().url()).startsWith("jdbc:h2:file:").contains("WRITE_DELAY=0");
  }

  @Test
  void everyPartHasItsDefaults() {
    Config config = load().config();

    assertThat(EntitySettings.from(config).snapshotInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(JournalSettings.from(config).batchRows()).isEqualTo(500);
    assertThat(ReplicaSettings.from(config).renew()).isEqualTo(Duration.ofSeconds(10));
    assertThat(SessionSettings.from(config).inFlight()).isEqualTo(128);
    assertThat(HttpSettings.from(config, true).origins()).isEmpty();
  }

  @Test
  void theFileWinsOverTheDefaultsAndTheEnvironmentOverTheFile() throws IOException {
    file("holdfast { http.port = 1111, ops.port = 2222 }");
    environment.put("HOLDFAST_OPS_PORT", "3333");

    assertThat(load().http().port()).isEqualTo(1111);
    assertThat(load().ops().port()).isEqualTo(3333);
  }

  @Test
  void seedNodesAreNamedByHostAndPortAndGiveTheNodeAPortOfItsOwn() {
    environment.put("HOLDFAST_SEED_NODES", "10.0.0.1:25520, b.example:25521");

    assertThat(load().seedNodes())
        .containsExactly("akka://holdfast@10.0.0.1:25520", "akka://holdfast@b.example:25521");
    assertThat(load().config().getInt("akka.remote.artery.canonical.port")).isEqualTo(25520);
  }

  @Test
  void seedNodesThatAreNoneAreRefusedAndSoAreTwoWaysToFindTheCluster() {
    environment.put("HOLDFAST_SEED_NODES", "akka://x");
    assertThatThrownBy(this::load)
        .hasMessage("HOLDFAST_SEED_NODES: akka://x (expected: host:port, separated by commas)");

    environment.put("HOLDFAST_SEED_NODES", "a:1");
    environment.put("HOLDFAST_CLUSTER_BOOTSTRAP", "on");
    assertThatThrownBy(this::load).hasMessageContaining("expected: one of the two");
  }

  @Test
  void theFileMayAlsoTuneWhatRunsBelow() throws IOException {
    file("akka.cluster.sharding.passivation.default-idle-strategy.idle-entity.timeout = 7 s");

    assertThat(load()
            .config()
            .getDuration(
                "akka.cluster.sharding.passivation.default-idle-strategy.idle-entity.timeout"))
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void ourSettingsForAkkaWinOverEveryLibrarys() {
    Config config = load().config();

    assertThat(config.getString("jdbc-journal.dao"))
        .isEqualTo("io.holdfast.journal.BatchingJournalDao");
    assertThat(config.getString("jdbc-journal.use-shared-db")).isEqualTo("slick");
    assertThat(config.getBoolean("akka.actor.allow-java-serialization")).isFalse();
    assertThat(config.getString("jdbc-journal.replay-filter.mode")).isEqualTo("off");
  }

  @Test
  void secretsComeFromFiles() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "x".repeat(40) + "\n");
    environment.put("HOLDFAST_JWT_SECRET_FILE", secret.toString());
    environment.put("HOLDFAST_HTTP_HOST", "0.0.0.0");

    assertThat(load().devMode()).isFalse();
    assertThat(load().auth().secret().orElseThrow()).hasSize(40);
  }

  @Test
  void refusesDevModeWhereOthersCanReachIt() {
    environment.put("HOLDFAST_HTTP_HOST", "0.0.0.0");

    assertThatThrownBy(this::load)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dev mode");
  }

  @Test
  void refusesASecretThatIsTooShort() {
    environment.put("HOLDFAST_JWT_SECRET", "short");

    assertThatThrownBy(this::load)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256");
  }

  @Test
  void refusesPortsAndDatabasesThatCannotBe() {
    environment.put("HOLDFAST_HTTP_PORT", "99999");
    assertThatThrownBy(this::load).hasMessageContaining("99999");

    environment.put("HOLDFAST_HTTP_PORT", "many");
    assertThatThrownBy(this::load).isInstanceOf(IllegalArgumentException.class);

    environment.put("HOLDFAST_HTTP_PORT", "0");
    environment.put("HOLDFAST_JDBC_URL", "jdbc:oracle:thin:@x");
    assertThatThrownBy(this::load).hasMessageContaining("jdbc:postgresql");
  }

  @Test
  void refusesAFileItCannotRead() throws IOException {
    file("holdfast { http.port = ");

    assertThatThrownBy(this::load)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holdfast.conf");
  }

  @Test
  void splitsTheListOfOrigins() {
    environment.put("HOLDFAST_ORIGINS", "https://a.example, https://b.example");

    assertThat(load().config().getStringList("holdfast.http.origins"))
        .isEqualTo(List.of("https://a.example", "https://b.example"));
  }

  @Test
  void thePasswordNeverShows() {
    environment.put("HOLDFAST_JDBC_URL", "jdbc:postgresql://db/x?password=geheim");
    environment.put("HOLDFAST_JDBC_PASSWORD", "secret");

    assertThat(load().jdbc().toString()).doesNotContain("geheim").doesNotContain("secret");
  }

  @Test
  void everySettingIsExplained() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/main/resources/reference.conf"));
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).matches("\\s+[a-z.-]+ = .*")) {
        assertThat(explained(lines, i)).as(lines.get(i)).isTrue();
      }
    }
  }

  /** A comment stands above it, or above the settings it is listed with. */
  private static boolean explained(List<String> lines, int at) {
    int above = at - 1;
    while (above > 0 && lines.get(above).matches("\\s+[a-z.-]+( = .*| \\{)")) {
      above--;
    }
    return lines.get(above).trim().startsWith("#");
  }
}
