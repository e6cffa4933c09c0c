package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which web pages may use the node. */
final class OriginsTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private static final String LISTED = "https://app.example.org";
  private static final String FOREIGN = "https://evil.example.org";

  private final HttpCalls http = NODE.http();
  private final String note = "/v1/state/" + Names.entity("note");

  @Test
  void aBrowserIsToldWhatAListedPageMayDo() {
    HttpCalls.Answer answer = http.call(
        "OPTIONS",
        note,
        BodyPublishers.noBody(),
        "Origin",
        LISTED,
        "Access-Control-Request-Method",
        "PATCH");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("PATCH").contains("DELETE");
    assertThat(answer.header("Access-Control-Allow-Headers"))
        .contains("Authorization")
        .contains("If-Match");
  }

  @Test
  void aListedPageReadsAnswersAndRefusals() {
    http.put(note, "1");

    HttpCalls.Answer answer = http.get(note, "Origin", LISTED);
    HttpCalls.Answer refusal = http.get("/v1/state/nothing/x", "Origin", LISTED);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
    assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag");
    assertThat(answer.header("Vary")).contains("Origin");
    assertThat(refusal.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
  }

  @Test
  void aForeignPageGetsNothing() {
    http.put(note, "1");

    HttpCalls.Answer read = http.get(note, "Origin", FOREIGN);
    HttpCalls.Answer written = http.put(note, "2", "Origin", FOREIGN);
    HttpCalls.Answer asked = http.call("OPTIONS", note, BodyPublishers.noBody(), "Origin", FOREIGN);

    for (HttpCalls.Answer answer : new HttpCalls.Answer[] {read, written, asked}) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
    assertThat(http.get(note).text()).isEqualTo("1");
  }

  @Test
  void pagesOfTheNodeItselfMayUseIt() {
    assertThat(http.put(note, "1", "Origin", "http://127.0.0.1:" + NODE.node().httpPort())
            .status())
        .isEqualTo(200);
    assertThat(http.put(note, "1", "Origin", "http://127.0.0.1:1").status()).isEqualTo(403);
    assertThat(http.put(note, "1", "Origin", "null").status()).isEqualTo(403);
  }

  @Test
  void aForeignPageOpensNoSocket() {
    int port = NODE.node().httpPort();

    assertThatThrownBy(() -> WireClient.to(port, "Origin", FOREIGN))
        .isInstanceOf(Disconnected.class);
    try (WireClient listed = WireClient.to(port, "Origin", LISTED)) {
      assertThat(listed.hello("tab", "alice").t()).isEqualTo("welcome");
    }
  }

  @Test
  void aNameThatWasReboundToThisMachineIsRefusedInDevMode() {
    String request =
        "GET /v1/kinds HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n";

    assertThat(RawSocket.exchange(NODE.node().httpPort(), request)).startsWith("HTTP/1.1 403");
  }
}
