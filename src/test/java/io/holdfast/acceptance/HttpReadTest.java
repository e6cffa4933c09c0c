package io.holdfast.acceptance;

import static io.holdfast.acceptance.HttpCalls.as;
import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /v1/state/{kind}/{id}} in all its variants. */
final class HttpReadTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private final HttpCalls http = NODE.http();
  private final String note = "/v1/state/" + Names.entity("note");

  @Test
  void theDocumentComesWithItsVersionAsETag() {
    HttpCalls.Answer put = http.put(note, "{'title':'Hi'}");

    HttpCalls.Answer got = http.get(note);

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("Content-Type")).isEqualTo("application/json");
    assertThat(got.header("ETag")).isEqualTo(put.header("ETag")).matches("\"\\d+\\.1\"");
    assertThat(got.header("Cache-Control")).contains("no-cache");
    assertThat(got.json()).isEqualTo(json("{'title':'Hi'}"));
  }

  @Test
  void whoHasItAlreadyGetsNothingButTheWord() {
    String tag = http.put(note, "{'title':'Hi'}").header("ETag");

    HttpCalls.Answer same = http.get(note, "If-None-Match", tag);
    HttpCalls.Answer among = http.get(note, "If-None-Match", "\"1.1\", " + tag);
    http.merge(note, "{'title':'Ho'}");
    HttpCalls.Answer newer = http.get(note, "If-None-Match", tag);

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.text()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(tag);
    assertThat(among.status()).isEqualTo(304);
    assertThat(newer.status()).isEqualTo(200);
  }

  @Test
  void aPointerReadsAPart() {
    http.put(note, "{'todos':[{'id':'a','done':true},{'id':'b','done':false}],'a/b':1}");

    assertThat(http.get(note + "?pointer=/todos/1/done").json()).isEqualTo(json("false"));
    assertThat(http.get(note + "?pointer=/todos/id=a/done").json()).isEqualTo(json("true"));
    assertThat(http.get(note + "?pointer=/a~1b").json()).isEqualTo(json("1"));
    assertThat(http.get(note + "?pointer=").json()).isEqualTo(http.get(note).json());
    assertThat(http.get(note + "?pointer=/nothing/here").status()).isEqualTo(404);
    assertThat(http.get(note + "?pointer=todos").status()).isEqualTo(400);
  }

  @Test
  void aReadThatDemandsAVersionWaitsForIt() {
    http.put(note, "1");
    CompletableFuture<HttpCalls.Answer> second =
        CompletableFuture.supplyAsync(() -> http.get(note + "?min-version=2"));
    http.put(note, "2");

    HttpCalls.Answer answer = second.join();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(json("2"));
  }

  @Test
  void aReadThatDemandsAVersionThatDoesNotComeIsToldSo() {
    http.put(note, "1");

    HttpCalls.Answer answer = http.get(note + "?min-version=2");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("unavailable");
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }

  @Test
  void aStrongReadSeesWhatWasJustAccepted() {
    try (WireClient alice = NODE.connectAs("alice")) {
      String entity = note.substring("/v1/state/".length());
      for (int seq = 1; seq <= 20; seq++) {
        alice
            .mutate(entity, seq, "[{'op':'add','path':'','value':%d}]".formatted(seq))
            .receipt(entity, seq);

        assertThat(http.get(note + "?consistency=strong").json()).isEqualTo(json("" + seq));
      }
    }
  }

  @Test
  void anEarlierVersionIsReadByItsNumber() {
    http.put(note, "{'n':1}");
    http.merge(note, "{'n':2}");
    http.delete(note);

    HttpCalls.Answer first = http.get(note + "?at=1");

    assertThat(first.json()).isEqualTo(json("{'n':1}"));
    assertThat(first.header("ETag")).matches("\"\\d+\\.1\"");
    assertThat(http.get(note + "?at=2").json()).isEqualTo(json("{'n':2}"));
    assertThat(http.get(note + "?at=3").status()).isEqualTo(404);
    assertThat(http.get(note + "?at=2&pointer=/n").json()).isEqualTo(json("2"));
  }

  @Test
  void anEarlierVersionIsReadByTheTimeItWasCurrent() {
    http.put(note, "{'n':1}");
    long between = changedAt(1) + 1;
    Awaitility.await().until(() -> System.currentTimeMillis() > between + 1);
    http.merge(note, "{'n':2}");

    assertThat(http.get(note + "?at=" + java.time.Instant.ofEpochMilli(between)).json())
        .isEqualTo(json("{'n':1}"));
    assertThat(http.get(note + "?at=2999-01-01T00:00:00Z").json()).isEqualTo(json("{'n':2}"));
    assertThat(http.get(note + "?at=2001-01-01T00:00:00Z").status()).isEqualTo(404);
    assertThat(http.get(note + "?at=yesterday").code()).isEqualTo("bad-frame");
  }

  private long changedAt(int version) {
    HttpCalls.Answer history =
        http.get(note + "/history?from=%d&to=%d".formatted(version, version));
    return new ServerFrame((io.holdfast.document.JsonObject) history.json())
        .changes()
        .get(0)
        .number("at");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    HttpCalls.Answer answer = http.get(note);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("no-such-path");
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    assertThat(http.get(note + "?min-version=soon").code()).isEqualTo("bad-frame");
    assertThat(http.get(note + "?min-version=-1").code()).isEqualTo("bad-frame");
    assertThat(http.get(note + "?min-version=99999999999999999999").code()).isEqualTo("bad-frame");
  }

  @Test
  void whoMayNotReadLearnsNothingOnAnyPath() {
    String secret = "/v1/state/secret/alice";
    http.put(secret, "{'n':1}", as("alice"));

    for (String path : new String[] {
      "", "?at=1", "?consistency=strong", "?pointer=/n", "/history", "/events", "/receipts/http/0"
    }) {
      assertThat(http.get(secret + path, as("bob")).code()).as(path).isEqualTo("forbidden");
      assertThat(http.get(secret + path).code()).as(path).isEqualTo("unauthenticated");
      assertThat(http.get("/v1/state/secret/nobody" + path, as("bob")).code())
          .as(path)
          .isEqualTo("forbidden");
    }
    assertThat(http.get(secret, as("alice")).status()).isEqualTo(200);
  }
}
