package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.HttpCalls.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser fetches for the page at /. */
final class PagesTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private final HttpCalls http = NODE.http();

  @ParameterizedTest
  @CsvSource({
    "/,text/html",
    "/app.js,application/javascript",
    "/client.js,application/javascript",
    "/style.css,text/css",
    "/icon.svg,image/svg+xml",
    "/openapi.json,application/json",
    "/asyncapi.json,application/json",
  })
  void isThereAndOfItsType(String path, String type) {
    Answer answer = http.get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith(type);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.text()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({"/", "/app.js", "/client.js", "/style.css"})
  void isAskedForAgainAndSentOnlyIfItChanged(String path) {
    Answer first = http.get(path);

    Answer again = http.get(path, "If-None-Match", first.header("ETag"));

    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/app.js", "/client.js"})
  void isSentCompressedToWhoeverTakesIt(String path) throws IOException {
    Answer plain = http.get(path);

    Answer compressed = http.get(path, "Accept-Encoding", "gzip");

    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(compressed.header("Vary")).contains("Accept-Encoding");
    try (var unzipped =
        new GZIPInputStream(new ByteArrayInputStream(compressed.response().body()))) {
      assertThat(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(plain.text());
    }
  }

  @Test
  void letsThePageRunNothingButTheServersOwnScripts() {
    String policy = http.get("/").header("Content-Security-Policy");

    assertThat(policy)
        .contains("default-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void aListedPageMayImportTheClient() {
    Answer answer = http.get("/client.js", "Origin", "https://app.example.org");

    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
  }
}
