package io.holdfast.acceptance;

import static io.holdfast.acceptance.HttpCalls.as;
import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each code with its status, as a problem document. */
final class HttpStatusTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  /** More than is taken. */
  private static final int LARGE = 10 * 1024 * 1024;

  private final HttpCalls http = NODE.http();
  private final String note = "/v1/state/" + Names.entity("note");

  private static void assertProblem(HttpCalls.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    ServerFrame problem = new ServerFrame((JsonObject) answer.json());
    assertThat(problem.text("code")).isEqualTo(code);
    assertThat(problem.text("type")).isEqualTo("about:blank");
    assertThat(problem.text("title")).isNotEmpty();
    assertThat(problem.text("detail")).isNotEmpty();
    assertThat(problem.number("status")).isEqualTo(status);
  }

  @Test
  void badFrame() {
    assertProblem(http.put(note, "{'a':"), 400, "bad-frame");
    assertProblem(http.put(note, ""), 400, "bad-frame");
    assertProblem(http.put(note, "{} {}"), 400, "bad-frame");
    assertProblem(http.put(note, "{'a':1,'a':2}"), 400, "bad-frame");
    assertProblem(http.put(note, "{'a':NaN}"), 400, "bad-frame");
  }

  @Test
  void badEntity() {
    for (String id : new String[] {
      "%00", "a%00b", "a".repeat(300), "a%20b", "%C3%A4", "%2F", "a%2Fb", "..%2F..%2Fetc"
    }) {
      assertProblem(http.get("/v1/state/note/" + id), 400, "bad-entity");
    }
    assertProblem(http.put("/v1/state/note/" + "a".repeat(121), "1"), 400, "bad-entity");
    assertThat(http.put("/v1/state/note/" + "a".repeat(120), "1").status()).isEqualTo(200);
    assertProblem(http.get("/v1/state/NOTE/x"), 400, "bad-entity");
  }

  @Test
  void badPatch() {
    assertProblem(http.patch(note, "{}"), 400, "bad-patch");
    assertProblem(http.patch(note, "[{'op':'frobnicate','path':''}]"), 400, "bad-patch");
    assertProblem(http.patch(note, "[{'op':'add','path':'x','value':1}]"), 400, "bad-patch");
    assertProblem(http.patch(note, "[{'op':'add','path':'/x'}]"), 400, "bad-patch");
    assertProblem(http.patch(note, "[1]"), 400, "bad-patch");
  }

  @Test
  void tooDeep() {
    assertProblem(http.put(note, "[".repeat(2000) + "]".repeat(2000)), 400, "too-deep");
    assertProblem(http.put("/v1/state/" + Names.entity("tiny"), "[[[[1]]]]"), 400, "too-deep");
  }

  @Test
  void unauthenticated() {
    HttpCalls.Answer answer = http.get("/v1/state/secret/alice");

    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    assertProblem(
        http.get("/v1/state/secret/alice", "Authorization", "Basic YTpi"), 401, "unauthenticated");
    assertProblem(http.put("/v1/state/secret/alice", "1"), 401, "unauthenticated");
  }

  @Test
  void forbidden() {
    assertProblem(http.get("/v1/state/secret/alice", as("bob")), 403, "forbidden");
    assertProblem(http.put("/v1/state/secret/alice", "1", as("bob")), 403, "forbidden");
    assertProblem(http.delete("/v1/state/secret/alice", as("bob")), 403, "forbidden");
    assertProblem(
        http.patch("/v1/state/secret/alice", "[{'op':'test','path':'','value':1}]", as("bob")),
        403,
        "forbidden");
  }

  @Test
  void unknownKind() {
    assertProblem(http.get("/v1/state/nothing/x"), 404, "unknown-kind");
    assertProblem(http.put("/v1/state/nothing/x", "1"), 404, "unknown-kind");
    assertProblem(http.get("/v1/kinds/nothing"), 404, "unknown-kind");
  }

  @Test
  void conflicts() {
    http.put(note, "{'a':1}");

    assertProblem(
        http.patch(note, "[{'op':'replace','path':'/b','value':1}]"), 409, "no-such-path");
    assertProblem(http.patch(note, "[{'op':'remove','path':'/a/b/c'}]"), 409, "no-such-path");
    assertProblem(http.patch(note, "[{'op':'test','path':'/a','value':2}]"), 409, "test-failed");
  }

  @Test
  void versionMismatch() {
    http.put(note, "1");

    assertProblem(http.put(note, "2", "If-Match", "\"1.1\""), 412, "version-mismatch");
  }

  @Test
  void tooLarge() {
    byte[] body = new byte[10 * 1024 * 1024];
    java.util.Arrays.fill(body, (byte) ' ');

    assertProblem(http.call("PUT", note, BodyPublishers.ofByteArray(body)), 413, "too-large");
  }

  @Test
  void tooLargeWithoutSayingSoBefore() {
    byte[] body = new byte[10 * 1024 * 1024];
    java.util.Arrays.fill(body, (byte) ' ');
    var chunked = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));

    assertProblem(http.call("PUT", note, chunked), 413, "too-large");
  }

  /** As simple clients do. */
  @ParameterizedTest
  @CsvSource({
    "PUT /v1/state/note/x, 413",
    "PUT /v1/state/nothing/x, 404",
    "PUT /v1/state/note/%00, 400",
    "PUT /v1/nothing, 404",
    "PUT /nothing, 404",
    "POST /v1/state/note/x, 405",
    "GET /v1/kinds, 200",
    "OPTIONS /v1/kinds, 204"
  })
  void whoSendsAllOfItBeforeReadingGetsTheAnswerAndNoReset(String call, int status) {
    assertThat(answer(call, "localhost", " ".repeat(LARGE))).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void soDoesAPageThatMayNotCall() {
    String origin = "localhost\r\nOrigin: http://elsewhere.test";

    assertThat(answer("PUT /v1/state/note/x", origin, " ".repeat(LARGE)))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void whoWaitsToBeToldToGoOnIsRefusedBeforeSendingAnything() {
    String waiting = "localhost\r\nExpect: 100-continue";

    assertThat(answer("PUT /v1/state/note/%00", waiting, "")).startsWith("HTTP/1.1 400");
    assertThat(answer("PUT /v1/state/note/x", waiting, "")).startsWith("HTTP/1.1 413");
  }

  private static String answer(String call, String host, String body) {
    String head = "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n".formatted(call, host)
        + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(LARGE);
    return RawSocket.exchange(NODE.node().httpPort(), head + body);
  }

  @Test
  void invalidWithThePointer() {
    String task = "/v1/state/" + Names.entity("task");
    HttpCalls.Answer answer = http.put(task, "{'title':1,'done':false}", as("ed#editor"));

    assertProblem(answer, 422, "invalid");
    assertThat(new ServerFrame((JsonObject) answer.json()).text("pointer")).isEqualTo("/title");
  }

  @Test
  void limit() {
    assertProblem(
        http.put("/v1/state/" + Names.entity("tiny"), "'%s'".formatted("x".repeat(300))),
        422,
        "limit");
  }

  @Test
  void overloaded() {
    String tiny = "/v1/state/" + Names.entity("tiny");
    HttpCalls.Answer answer = http.put(tiny, "1");
    for (int n = 0; n < 1000 && answer.status() == 200; n++) {
      answer = http.put(tiny, "1");
    }

    assertProblem(answer, 429, "overloaded");
    assertThat(answer.header("Retry-After")).matches("\\d+");
  }

  @Test
  void pathsAndMethodsThatDoNotExist() {
    assertProblem(http.get("/nothing"), 404, "no-such-path");
    assertProblem(http.get("/v1/nothing"), 404, "no-such-path");
    assertProblem(http.get("/v1/state/note"), 404, "no-such-path");
    assertProblem(http.get("/v1/state/note/a/b/c"), 404, "no-such-path");
    assertThat(http.call("POST", note, BodyPublishers.ofString("1")).status()).isEqualTo(405);
    assertThat(http.call("PUT", "/v1/kinds", BodyPublishers.ofString("1")).status())
        .isEqualTo(405);
    assertThat(http.get("/v1/socket").status()).isEqualTo(426);
  }

  @Test
  void sourcesCannotBeInvalidatedWhereThereAreNone() {
    HttpCalls.Answer answer =
        http.call("POST", "/v1/invalidate", BodyPublishers.ofString("{\"kind\":\"note\"}"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isNotEmpty();
  }

  @Test
  void kindsAreListedAndShown() {
    String all = http.get("/v1/kinds").text();
    HttpCalls.Answer one = http.get("/v1/kinds/tiny");

    assertThat(all).contains("\"tiny\"").contains("\"note\"").contains("\"room\"");
    assertThat(new ServerFrame((JsonObject) one.json()).at("/limits"))
        .isEqualTo(json("{'bytes':200,'depth':3,'commandsPerSecond':10}"));
  }
}
