package io.holdfast.document;

import static io.holdfast.document.Refusals.refusal;
import static io.holdfast.document.Refusals.streamRefusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.holdfast.document.JsonRefused.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTest {
  @Test
  void readsEveryKindOfValue() throws JsonRefused {
    Json document =
        JsonReader.read(" {\"a\" : [null, true, false, -1.5e2, \"\\u00e9\\n\\/\"], \"\": {}} \n");

    assertThat(JsonWriter.text(document))
        .isEqualTo("{\"\":{},\"a\":[null,true,false,-150,\"é\\n/\"]}");
    assertThat(document.depth()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "[1,2",
        "[1,]",
        "{\"a\":}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "'a'",
        "[01]",
        "[+1]",
        "[.5]",
        "[1.]",
        "[0x1]",
        "nul",
        "True",
        "NaN",
        "Infinity",
        "-Infinity",
        "[1] [2]",
        "{} x",
        "1 2",
        "\"a",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u12\"",
        "// comment\n1",
        "/* c */ 1",
        "[1 2]",
        "]",
        "}",
        "\u0000",
        "\uFEFF1",
        "undefined"
      })
  void refusesWhatIsNoJson(String text) {
    assertThat(refusal(text).reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal(text.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT).reason())
        .isEqualTo(Reason.MALFORMED);
    assertThat(
            streamRefusal(text.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT).reason())
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void refusesNumbersBeyondDoubles() {
    assertRefused("[1, 1e999]", "number: beyond double range (expected: |n| < 1.8e308)", 5, "/1");
    assertRefused(
        "[1, -1e999999999]", "number: beyond double range (expected: |n| < 1.8e308)", 5, "/1");
    assertRefused(
        "[1" + "0".repeat(90) + "e300]",
        "number: beyond double range (expected: |n| < 1.8e308)",
        2,
        "/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "-9007199254740993",
        "18446744073709551615",
        "-9223372036854775809",
        "123456789012345678901234567890"
      })
  void refusesIntegersWithDigitsADoubleLoses(String digits) {
    assertRefused(
        "{\"a\":" + digits + "}",
        "number: " + digits + " (expected: an integer a double can hold, at most 2^53)",
        6,
        "/a");
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740992, 9007199254740992",
    "-9007199254740992, -9007199254740992",
    "9007199254740994, 9007199254740994",
    "-9223372036854775808, -9223372036854776000",
    "100000000000000000000, 100000000000000000000",
    "295147905179352830000, 295147905179352830000",
    "1180591620717411303424, 1.1805916207174113e+21",
    "-0, 0",
    "-0.0, 0",
    "1e-400, 0",
    "9007199254740993.0, 9007199254740992",
    "1E2, 100"
  })
  void acceptsNumbersThatDoublesHold(String literal, String text) throws JsonRefused {
    assertThat(JsonReader.read(literal)).hasToString(text);
  }

  @Test
  void refusesOverlongNumbersWithoutReadingThem() {
    assertThat(refusal("[" + "1".repeat(101) + "]").reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal("[0." + "1".repeat(1_000_000) + "]").detail())
        .isEqualTo("number: too long (expected: at most 100 characters)");
    assertThat(refusal("[1e" + "1".repeat(200) + "]").reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void refusesHalfCharacters() {
    assertRefused("[\"\\ud800\"]", "string: lone surrogate (expected: Unicode text)", 2, "/0");
    assertRefused(
        "[\"\\udc00\\ud800\"]", "string: lone surrogate (expected: Unicode text)", 2, "/0");
    assertThat(refusal("{\"x\\ud800\":1}").reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal("{\"x\\udc00\":1}").reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal("\"\ud800\"").detail())
        .isEqualTo("document: lone surrogate (expected: Unicode text)");
  }

  @Test
  void acceptsWholePairs() throws JsonRefused {
    assertThat(JsonReader.read("\"\\ud83d\\ude00\"")).isEqualTo(JsonString.of("\ud83d\ude00"));
  }

  @Test
  void refusesAKeyThatComesTwice() {
    assertRefused(
        "{\"a\":1,\n\"b\":{\"k\":1,\"c\":2,\"\\u006b\":3}}",
        "key: \"k\" twice (expected: unique keys)",
        2,
        28,
        "/b");
    StringBuilder large = new StringBuilder("{\"k7\":0");
    for (int i = 99; i >= 0; i--) {
      large.append(",\"k").append(i).append("\":0");
    }
    assertThat(refusal(large + "}").detail())
        .isEqualTo("key: \"k7\" twice (expected: unique keys)");
    assertThat(refusal("[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2,\"a\":3}]").pointer())
        .isEqualTo("/1");
  }

  @Test
  void refusesMoreThanOneValue() {
    assertRefused("[1] 2", "after the document: more (expected: one JSON value)", 5, "");
    assertRefused("", "document: empty (expected: one JSON value)", 1, "");
  }

  @Test
  void saysWhereTheTextIsMalformed() {
    JsonRefused refused = refusal("{\"a\": [1,\n  {\"b/c\": tru}]}");

    assertThat(refused.line()).isEqualTo(2);
    assertThat(refused.column()).isEqualTo(11);
    assertThat(refused.pointer()).isEqualTo("/a/1/b~1c");
    assertThat(refused.detail())
        .startsWith("json: Unrecognized token 'tru'")
        .endsWith(" (expected: RFC 8259)");
    assertThat(refused).hasNoCause();
    assertThat(refused.getStackTrace()).isEmpty();
  }

  @Test
  void ordinaryKeysAreAllKeys() throws JsonRefused {
    Json document = JsonReader.read("{\"__proto__\":{\"x\":1},\"constructor\":2,\"\":3}");

    assertThat(JsonWriter.text(document))
        .isEqualTo("{\"\":3,\"__proto__\":{\"x\":1},\"constructor\":2}");
  }

  @Test
  void aBrokenStreamIsNoRefusal() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();

    assertThatIOException()
        .isThrownBy(() -> JsonReader.read(closed, Limits.DEFAULT))
        .withMessage("Stream closed");
  }

  @Test
  void readsObjectsOfManyMembers() throws JsonRefused {
    StringBuilder text = new StringBuilder("{\"first\":0");
    for (int i = 0; i < 200_000; i++) {
      text.append(",\"k").append(i * 7919L % 200_000).append("\":").append(i);
    }

    JsonObject object = (JsonObject) JsonReader.read(text + "}");

    assertThat(object.size()).isEqualTo(200_001);
    TreeShape.check(object.root());
  }

  @Test
  void sharesTheKeysOfAlikeObjects() throws JsonRefused {
    JsonArray array = (JsonArray) JsonReader.read(
        "[{\"b\":1,\"a\":2},{\"b\":3,\"a\":4},{\"b\":5},{\"b\":6,\"a\":7,\"c\":8}]");

    assertThat(((JsonObject) array.element(0)).root().keys)
        .isSameAs(((JsonObject) array.element(1)).root().keys);
    assertThat(JsonWriter.text(array))
        .isEqualTo("[{\"a\":2,\"b\":1},{\"a\":4,\"b\":3},{\"b\":5},{\"a\":7,\"b\":6,\"c\":8}]");
  }

  private static void assertRefused(String text, String detail, int column, String pointer) {
    assertRefused(text, detail, 1, column, pointer);
  }

  private static void assertRefused(
      String text, String detail, int line, int column, String pointer) {
    JsonRefused refused = refusal(text);
    assertThat(refused.detail()).isEqualTo(detail);
    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.line()).isEqualTo(line);
    assertThat(refused.column()).isEqualTo(column);
    assertThat(refused.pointer()).isEqualTo(pointer);
  }
}
