package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that cannot start says why in one line and exits with 1. */
final class StartTest {
  private static final Duration START = Duration.ofSeconds(60);

  private final NodeHome home = NodeHome.create();

  @AfterEach
  void tidyUp() {
    home.close();
  }

  private String assertRefuses(String... parts) {
    JavaProcess process = home.launch();
    int exit = process.awaitExit(START);

    assertThat(process.err()).as(process.said()).hasSize(1);
    assertThat(process.err().get(0)).startsWith("holdfast: ").contains(parts);
    assertThat(process.out()).isEmpty();
    assertThat(exit).isEqualTo(1);
    return process.err().get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'wrong','schema':{'type':'objekt'}}|/schema/type",
        "{'kind':'wrong','schema':{'requried':['a']}}|/schema/requried",
        "{'kind':'wrong','access':{'raed':['anyone']}}|/access/raed",
        "{'kind':'wrong'|line 1"
      })
  void aKindFileThatIsWrongIsNamedWithThePlaceInIt(String fileAndPlace) {
    int bar = fileAndPlace.lastIndexOf('|');
    home.kind("wrong", fileAndPlace.substring(0, bar));

    assertRefuses("wrong.json", fileAndPlace.substring(bar + 1), "expected");
  }

  @Test
  void aConfigurationThatCannotBeReadIsNamed() {
    home.conf("holdfast.http.port = {");

    assertRefuses("holdfast.conf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast.session.in-flight = 0", "holdfast.session.heartbeat = soon"})
  void aSettingThatCannotBeIsNamed(String line) {
    home.conf(line);

    assertRefuses(
        line.substring("holdfast.".length(), line.indexOf(' ')).replaceFirst(".*\\.", ""));
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = FreePort.taken()) {
      home.with("HOLDFAST_HTTP_PORT", "" + taken.getLocalPort());

      assertRefuses("" + taken.getLocalPort(), "in use");
    }
  }

  @Test
  void aDataDirectoryInUseByAnotherNodeIsNamed() {
    try (NodeProcess first = home.start()) {
      assertRefuses(home.directory().resolve("data").toString(), "in use by another process");
      assertThat(first.http().get("/v1/kinds").status()).isEqualTo(200);
    }
  }

  @Test
  void devModeIsRefusedOnAnAddressOthersCanReach() {
    home.with("HOLDFAST_HTTP_HOST", "0.0.0.0");

    assertRefuses("0.0.0.0", "HOLDFAST_JWT_SECRET");
  }

  @Test
  void aSecretThatIsTooShortIsRefusedAndNotShown() {
    home.with("HOLDFAST_JWT_SECRET", "hunter2");

    assertThat(assertRefuses("256")).doesNotContain("hunter2");
  }

  @Test
  void aSecretFileThatIsNotThereIsNamed() {
    home.with("HOLDFAST_JWT_SECRET_FILE", "/nowhere/secret");

    assertRefuses("/nowhere/secret");
  }

  @Test
  void aDataDirectoryThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(home.directory().resolve("file"), "in the way");
    home.with("HOLDFAST_DATA", home.directory().resolve("file").resolve("data").toString());

    assertRefuses(home.directory().resolve("file").toString());
  }

  @Test
  void withASecretTheNodeMayBeReachedFromElsewhereAndKnowsNoPlainNames() {
    home.with("HOLDFAST_HTTP_HOST", "0.0.0.0").with("HOLDFAST_JWT_SECRET", Tokens.SECRET);

    try (NodeProcess node = home.start()) {
      assertThat(node.http().get("/v1/state/note/x", HttpCalls.as("alice")).status())
          .isEqualTo(401);
      assertThat(node.http()
              .put("/v1/state/note/x", "1", HttpCalls.as(Tokens.of("alice")))
              .status())
          .isEqualTo(200);
      assertThat(String.join("\n", node.process().out()))
          .doesNotContain("DEV MODE")
          .doesNotContain(Tokens.SECRET);
    }
  }
}
