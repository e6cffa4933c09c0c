package io.holdfast.acceptance;

import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code PATCH}, {@code PUT} and {@code DELETE} of {@code /v1/state/{kind}/{id}}. */
final class HttpWriteTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private final HttpCalls http = NODE.http();
  private final String note = "/v1/state/" + Names.entity("note");

  @Test
  void everyWriteIsAnsweredWithTheVersionItMade() {
    HttpCalls.Answer put = http.put(note, "{'n':1}");
    HttpCalls.Answer patch = http.patch(note, "[{'op':'inc','path':'/n','value':1}]");
    HttpCalls.Answer merge = http.merge(note, "{'m':null,'k':[1]}");

    assertThat(put.status()).isEqualTo(200);
    assertThat(put.json()).isEqualTo(json("{'version':1}"));
    assertThat(patch.json()).isEqualTo(json("{'version':2}"));
    assertThat(merge.json()).isEqualTo(json("{'version':3}"));
    assertThat(merge.header("ETag")).matches("\"\\d+\\.3\"");
    assertThat(http.get(note).json()).isEqualTo(json("{'n':2,'k':[1]}"));
  }

  @Test
  void ifMatchLetsOnlyTheVersionItNamesBeChanged() {
    String first = http.put(note, "{'n':1}").header("ETag");
    String second = http.merge(note, "{'n':2}", "If-Match", first).header("ETag");

    HttpCalls.Answer late = http.merge(note, "{'n':3}", "If-Match", first);

    assertThat(late.status()).isEqualTo(412);
    assertThat(late.code()).isEqualTo("version-mismatch");
    assertThat(http.put(note, "0", "If-Match", first).status()).isEqualTo(412);
    assertThat(http.delete(note, "If-Match", first).status()).isEqualTo(412);
    assertThat(http.put(note, "0", "If-Match", "\"1.2\"").status()).isEqualTo(412);
    assertThat(http.put(note, "0", "If-Match", "latest").code()).isEqualTo("bad-frame");
    assertThat(http.get(note).json()).isEqualTo(json("{'n':2}"));
    assertThat(http.delete(note, "If-Match", second).status()).isEqualTo(200);
  }

  @Test
  void ifNoneMatchStarCreatesAndNeverReplaces() {
    HttpCalls.Answer first = http.put(note, "1", "If-None-Match", "*");
    HttpCalls.Answer second = http.put(note, "2", "If-None-Match", "*");
    http.delete(note);
    HttpCalls.Answer third = http.put(note, "3", "If-None-Match", "*");

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(412);
    assertThat(second.code()).isEqualTo("version-mismatch");
    assertThat(third.json()).isEqualTo(json("{'version':3}"));
  }

  @Test
  void aRepeatUnderTheSameKeyTakesEffectOnceAndGetsTheFirstOutcome() {
    http.put(note, "{'n':0}");
    String inc = "[{'op':'inc','path':'/n','value':1}]";
    HttpCalls.Answer first = http.patch(note, inc, "Idempotency-Key", "k1");
    http.patch(note, inc, "Idempotency-Key", "k2");

    HttpCalls.Answer again = http.patch(note, inc, "Idempotency-Key", "k1");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json()).isEqualTo(json("{'version':2}"));
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(http.get(note).json()).isEqualTo(json("{'n':2}"));
  }

  @Test
  void aRepeatOfAConditionalWriteGetsTheFirstOutcomeToo() {
    String tag =
        http.put(note, "1", "If-None-Match", "*", "Idempotency-Key", "create").header("ETag");
    http.put(note, "2", "If-Match", tag, "Idempotency-Key", "replace");

    assertThat(http.put(note, "1", "If-None-Match", "*", "Idempotency-Key", "create")
            .json())
        .isEqualTo(json("{'version':1}"));
    assertThat(
            http.put(note, "2", "If-Match", tag, "Idempotency-Key", "replace").json())
        .isEqualTo(json("{'version':2}"));
    assertThat(http.put(note, "3", "If-None-Match", "*", "Idempotency-Key", "other")
            .status())
        .isEqualTo(412);
  }

  @Test
  void aRepeatOfARefusedWriteIsRefusedAgain() {
    String replace = "[{'op':'replace','path':'/n','value':1}]";
    assertThat(http.patch(note, replace, "Idempotency-Key", "k").code()).isEqualTo("no-such-path");
    http.put(note, "{'n':0}");

    assertThat(http.patch(note, replace, "Idempotency-Key", "k").code()).isEqualTo("no-such-path");
    assertThat(http.get(note).json()).isEqualTo(json("{'n':0}"));
  }

  @Test
  void twoSubjectsMayUseTheSameKey() {
    http.put(note, "{'n':0}");
    String inc = "[{'op':'inc','path':'/n','value':1}]";
    http.patch(note, inc, HttpCalls.as("alice", "Idempotency-Key", "k"));
    http.patch(note, inc, HttpCalls.as("bob", "Idempotency-Key", "k"));

    assertThat(http.get(note).json()).isEqualTo(json("{'n':2}"));
  }

  @Test
  void aKeyTooLongIsRefused() {
    assertThat(http.put(note, "1", "Idempotency-Key", "k".repeat(255)).status()).isEqualTo(200);
    assertThat(http.put(note, "1", "Idempotency-Key", "k".repeat(256)).code())
        .isEqualTo("bad-frame");
  }

  @Test
  void whatWasDeletedIsNotFoundAndItsVersionsGoOn() {
    http.put(note, "1");

    assertThat(http.delete(note).json()).isEqualTo(json("{'version':2}"));
    assertThat(http.get(note).status()).isEqualTo(404);
    assertThat(http.delete(note).status()).isEqualTo(404);
    assertThat(http.put(note, "3").json()).isEqualTo(json("{'version':3}"));
  }

  @Test
  void aRepeatedDeleteUnderTheSameKeyGetsTheFirstOutcome() {
    http.put(note, "1");

    assertThat(http.delete(note, "Idempotency-Key", "k").json()).isEqualTo(json("{'version':2}"));
    assertThat(http.delete(note, "Idempotency-Key", "k").json()).isEqualTo(json("{'version':2}"));
  }

  @Test
  void anEmptyPatchChangesNothingButIsAnswered() {
    http.put(note, "1");

    HttpCalls.Answer answer = http.patch(note, "[]");

    assertThat(answer.status()).isLessThan(500);
    assertThat(http.get(note).json()).isEqualTo(json("1"));
  }

  @Test
  void aPatchNeedsOneOfTwoContentTypes() {
    HttpCalls.Answer answer =
        http.call("PATCH", note, BodyPublishers.ofString("[]"), "Content-Type", "application/json");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("bad-patch");
    assertThat(answer.text()).contains("application/merge-patch+json");
  }

  @Test
  void writesOverHttpReachOpenSockets() {
    String entity = note.substring("/v1/state/".length());
    http.put(note, "{'n':0}");
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.open(entity);
      http.patch(note, "[{'op':'inc','path':'/n','value':1}]", HttpCalls.as("bob"));

      ServerFrame changed = alice.await("changed");

      assertThat(changed.at("/changes/0/by")).isEqualTo(json("'bob'"));
      assertThat(changed.number("version")).isEqualTo(2);
    }
  }
}
