package io.holdfast;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.holdfast.auth.AuthSettings;
import io.holdfast.entity.EntitySettings;
import io.holdfast.http.HttpSettings;
import io.holdfast.journal.CanarySettings;
import io.holdfast.journal.JdbcSettings;
import io.holdfast.journal.JournalSettings;
import io.holdfast.replica.ReplicaSettings;
import io.holdfast.session.SessionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one node is started with: {@code conf/holdfast.conf} over our defaults, and the environment over both. Every setting that
 * cannot be is refused in one line.
 *
 * @param config all of it, for the parts
 */
public record ServerSettings(
    Config config,
    Address http,
    Address ops,
    Path conf,
    JdbcSettings jdbc,
    AuthSettings auth,
    List<String> seedNodes,
    boolean devMode) {

  /** Where a port listens. */
  public record Address(String host, int port) {
    boolean isLoopback() {
      return ServerSettings.isLoopback(host);
    }
  }

  public ServerSettings {
    if (devMode && !isLoopback(http.host())) {
      throw new IllegalArgumentException(
          "HOLDFAST_HTTP_HOST: %s in dev mode (expected: a loopback address, or HOLDFAST_JWT_SECRET or HOLDFAST_JWKS_URL set)"
              .formatted(http.host()));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException(
          "host: %s (expected: an address of this machine)".formatted(host), unknown);
    }
  }

  /** From the directory and the environment a node is started in; IllegalArgumentException says what cannot be. */
  public static ServerSettings load(Map<String, String> environment) {
    Config file =
        file(Path.of(environment.getOrDefault("HOLDFAST_CONF", "conf")).resolve("holdfast.conf"));
    Config config = overridden(file, environment)
        .withFallback(ConfigFactory.parseResources("runtime.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
    try {
      return from(config);
    } catch (ConfigException wrong) {
      throw new IllegalArgumentException("configuration: " + firstLine(wrong), wrong);
    }
  }

  private static String firstLine(Exception failed) {
    return String.valueOf(failed.getMessage()).lines().findFirst().orElse("not readable");
  }

  private static Config file(Path path) {
    try {
      return Files.exists(path) ? ConfigFactory.parseFile(path.toFile()) : ConfigFactory.empty();
    } catch (ConfigException wrong) {
      throw new IllegalArgumentException("configuration: " + firstLine(wrong), wrong);
    }
  }

  /** Secrets from files, and what HOCON's own substitution cannot split or would let a file override. */
  private static Config overridden(Config file, Map<String, String> environment) {
    Config config = file;
    for (Variable variable : Variable.values()) {
      Optional<String> value = value(environment, variable.name());
      if (value.isPresent()) {
        config = config.withValue(variable.path(), ConfigValueFactory.fromAnyRef(value.get()));
      }
    }
    String origins = environment.getOrDefault("HOLDFAST_ORIGINS", "");
    if (!origins.isBlank()) {
      List<String> list = Arrays.stream(origins.split(",")).map(String::trim).toList();
      config = config.withValue("holdfast.http.origins", ConfigValueFactory.fromIterable(list));
    }
    return SeedNodes.in(config, environment.getOrDefault("HOLDFAST_SEED_NODES", ""));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    String file = environment.get(name + "_FILE");
    if (file == null) {
      return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }
    try {
      return Optional.of(Files.readString(Path.of(file)).strip());
    } catch (IOException failed) {
      throw new IllegalArgumentException(
          "%s_FILE: %s (expected: a readable file)".formatted(name, file), failed);
    }
  }

  private static ServerSettings from(Config config) {
    AuthSettings auth = auth(config.getConfig("holdfast.auth"));
    boolean devMode = auth.secret().isEmpty() && auth.jwksUrl().isEmpty();
    JdbcSettings jdbc = jdbc(config);
    Config complete = jdbc.toConfig().withFallback(config);
    checkParts(complete, devMode);
    return new ServerSettings(
        complete,
        address(config, "http"),
        address(config, "ops"),
        Path.of(config.getString("holdfast.conf")),
        jdbc,
        auth,
        config.getStringList("akka.cluster.seed-nodes"),
        devMode);
  }

  /** What the parts read later is refused now, in one line, instead of by an actor that fails to start. */
  private static void checkParts(Config config, boolean devMode) {
    EntitySettings.from(config);
    JournalSettings.from(config);
    CanarySettings.from(config);
    ReplicaSettings.from(config);
    SessionSettings.from(config);
    HttpSettings.from(config, devMode);
    if (Bootstrap.isOn(config)
        && !config.getStringList("akka.cluster.seed-nodes").isEmpty()) {
      throw new IllegalArgumentException(
          "HOLDFAST_SEED_NODES: set together with HOLDFAST_CLUSTER_BOOTSTRAP=on (expected: one of the two)");
    }
  }

  private static Address address(Config config, String name) {
    int port = config.getInt("holdfast." + name + ".port");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "holdfast.%s.port: %d (expected: 0–65535)".formatted(name, port));
    }
    return new Address(config.getString("holdfast." + name + ".host"), port);
  }

  private static JdbcSettings jdbc(Config config) {
    String url = config.getString("holdfast.jdbc.url");
    if (!url.isEmpty()) {
      return JdbcSettings.external(
          url, config.getString("holdfast.jdbc.user"), config.getString("holdfast.jdbc.password"));
    }
    return JdbcSettings.embedded(
        Path.of(config.getString("holdfast.data")).toAbsolutePath().normalize().toString());
  }

  private static AuthSettings auth(Config config) {
    return new AuthSettings(
        text(config, "secret").map(secret -> secret.getBytes(StandardCharsets.UTF_8)),
        text(config, "jwks-url").map(URI::create),
        text(config, "issuer"),
        text(config, "audience"),
        AuthSettings.DEFAULT_CLOCK_SKEW,
        AuthSettings.DEFAULT_MAX_TOKEN_LIFETIME);
  }

  private static Optional<String> text(Config config, String name) {
    return Optional.of(config.getString(name)).filter(text -> !text.isEmpty());
  }
}
