package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The countries of the world, as published in two releases of the npm package world-countries. */
final class PublishedDataTest {
  private static final String COUNTRIES = "dataset/countries";
  private static final int READERS = 100;
  private static final Duration LONG = Duration.ofSeconds(120);

  private static Path release(String alias) {
    Path file = Path.of(
        System.getProperty("holdfast.project"), "src/ts/node_modules", alias, "countries.json");
    assertThat(file).as("npm ci in src/ts brings it").exists();
    return file;
  }

  private static byte[] canonical(Path file) {
    try {
      return JsonWriter.canonical(JsonReader.read(Files.readAllBytes(file), Limits.DEFAULT));
    } catch (IOException | JsonRefused failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void oneReleaseBecomesTheNextForAHundredReadersThoughTheNodeIsKilledHalfway() {
    int port = FreePort.find();
    try (NodeHome home = NodeHome.shipped().with("HOLDFAST_HTTP_PORT", "" + port)) {
      List<Follower> readers;
      JavaProcess patch;
      try (NodeProcess node = home.start()) {
        run(NodeHome.client(
            port, "import", COUNTRIES, release("world-countries-4").toString()));
        readers = IntStream.range(0, READERS)
            .mapToObj(i -> Follower.of(port, COUNTRIES))
            .toList();
        awaitVersion(readers, 1);
        patch = NodeHome.client(
            port,
            "patch",
            COUNTRIES,
            "--to",
            release("world-countries-5").toString(),
            "--split",
            "12");
        awaitVersion(readers, 40);
        node.kill();
      }
      try (NodeProcess node = home.start()) {
        String said = run(patch);
        byte[] published = canonical(release("world-countries-5"));
        HttpCalls.Answer stored =
            node.http().get("/v1/state/" + COUNTRIES, HttpCalls.as("curator"));
        long version = Long.parseLong(stored.header("ETag").replaceAll(".*\\.|\"", ""));
        awaitVersion(readers, version);

        assertThat(said).contains("verified");
        assertThat(stored.response().body()).isEqualTo(published);
        for (Follower reader : readers) {
          assertThat(JsonWriter.canonical(reader.leave().document())).isEqualTo(published);
          assertThat(reader.connections()).isGreaterThan(1);
        }
      }
    }
  }

  private static String run(JavaProcess process) {
    int exit = process.awaitExit(LONG);
    assertThat(exit).as(process.said()).isZero();
    return process.said();
  }

  private static void awaitVersion(List<Follower> readers, long version) {
    await().atMost(LONG).until(() -> readers.stream()
        .allMatch(reader -> reader.version() >= version));
  }
}
