package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.document.JsonRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTest {
  private static final Limits SMALL = new Limits(3, 8, 40);

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22c0af22",
        "22c1bf22",
        "22e0808022",
        "22e09fbf22",
        "22eda08022",
        "22edbfbf22",
        "22eda0bdedb88022",
        "22f08080af22",
        "22f0808022",
        "22f4908080" + "22",
        "22f5808080" + "22",
        "22ff22",
        "22fe22",
        "228022",
        "22bf22",
        "22c3",
        "22e282",
        "22e28222",
        "22c322",
        "22f09f98",
        "22f09f9822",
        "22e2c28022",
        "efbbbf31",
        "feff0031",
        "fffe3100",
        "00000031",
        "31000000",
        "0031",
        "3100"
      })
  void refusesBytesThatAreNotUtf8Json(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(refusal(bytes, Limits.DEFAULT).reason()).isEqualTo(Reason.MALFORMED);
    assertThat(streamRefusal(bytes, Limits.DEFAULT).reason()).isEqualTo(Reason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c280",
        "dfbf",
        "e0a080",
        "ed9fbf",
        "ee8080",
        "efbfbf",
        "f0908080",
        "f48fbfbf",
        "7f",
        "e18080",
        "f1808080",
        "f3bfbfbf"
      })
  void acceptsEveryLengthOfUtf8(String hex) throws JsonRefused {
    byte[] bytes = HexFormat.of().parseHex("22" + hex + "22");

    assertThat(JsonWriter.canonical(JsonReader.read(bytes, Limits.DEFAULT))).isEqualTo(bytes);
  }

  @Test
  void saysWhereTheBytesAreNotUtf8() {
    byte[] bytes = "{\"a\":[1,\"x\u00e9\"]}".getBytes(StandardCharsets.ISO_8859_1);

    JsonRefused refused = refusal(bytes, Limits.DEFAULT);

    assertThat(refused.detail()).isEqualTo("bytes: not UTF-8 (expected: UTF-8)");
    assertThat(refused.pointer()).isEqualTo("/a/1");
    assertThat(refused.line()).isEqualTo(1);
    assertThat(refused.column()).isBetween(9, 12);
    assertThat(refusal(HexFormat.of().parseHex("31ff"), Limits.DEFAULT).detail())
        .isEqualTo("bytes: not UTF-8 (expected: UTF-8)");
  }

  @Test
  void readsAPartOfAnArray() throws JsonRefused {
    byte[] bytes = "\u00e9[1]]".getBytes(StandardCharsets.UTF_8);

    assertThat(JsonReader.read(bytes, 2, 3, Limits.DEFAULT)).isEqualTo(Documents.array("[1]"));
    assertThat(catchThrowableOfType(
                JsonRefused.class, () -> JsonReader.read(bytes, 1, 4, Limits.DEFAULT))
            .detail())
        .isEqualTo("bytes: not UTF-8 (expected: UTF-8)");
  }

  @Test
  void ordinaryKeysAreAllKeys() throws JsonRefused {
    Json document = JsonReader.read("{\"__proto__\":{\"x\":1},\"constructor\":2,\"\":3}");

    assertThat(JsonWriter.text(document))
        .isEqualTo("{\"\":3,\"__proto__\":{\"x\":1},\"constructor\":2}");
  }

  @Test
  void refusesWhatIsTooDeep() {
    JsonRefused refused = refusal("[[[[]]]]".getBytes(StandardCharsets.UTF_8), SMALL);

    assertThat(refused.reason()).isEqualTo(Reason.TOO_DEEP);
    assertThat(refused.detail()).isEqualTo("depth: 4 (expected: at most 3)");
    assertThat(refused.column()).isEqualTo(4);
    assertThat(refusal("{\"a\":".repeat(100_000)).reason()).isEqualTo(Reason.TOO_DEEP);
    assertThat(refusal("[".repeat(100_000)).reason()).isEqualTo(Reason.TOO_DEEP);
  }

  @Test
  void acceptsWhatIsJustWithinLimits() throws JsonRefused, IOException {
    byte[] text =
        "{\"k\":[[\"12345678\",\"\u00e9\u00e9\u00e9\u00e9\"]]}".getBytes(StandardCharsets.UTF_8);

    assertThat(JsonReader.read(text, new Limits(3, 8, text.length)).depth()).isEqualTo(3);
    assertThat(JsonReader.read(new ByteArrayInputStream(text), new Limits(3, 8, text.length))
            .depth())
        .isEqualTo(3);
    assertThat(JsonReader.read("[".repeat(64) + "]".repeat(64)).depth()).isEqualTo(64);
  }

  @Test
  void refusesLongStringsAndKeys() {
    assertThat(
            refusal("[\"123456789\"]".getBytes(StandardCharsets.UTF_8), SMALL).detail())
        .isEqualTo("string: 9 bytes (expected: at most 8)");
    JsonRefused key =
        refusal("{\"\u00e9\u00e9\u00e9\u00e9\u00e9\":1}".getBytes(StandardCharsets.UTF_8), SMALL);
    assertThat(key.detail()).isEqualTo("key: 10 bytes (expected: at most 8)");
    assertThat(key.reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void escapesDoNotCountAgainstTheLimitOfAString() throws JsonRefused {
    assertThat(JsonReader.read("\"\\n\\n\\n\\n\\n\\n\"".getBytes(StandardCharsets.UTF_8), SMALL)
            .encodedBytes())
        .isEqualTo(14);
  }

  @Test
  void refusesLongDocuments() {
    byte[] text = ("[" + "1,".repeat(20) + "1]").getBytes(StandardCharsets.UTF_8);

    assertThat(refusal(text, SMALL).detail())
        .isEqualTo("document: 43 bytes (expected: at most 40)");
    assertThat(refusal(text, SMALL).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(streamRefusal(text, SMALL).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void stopsReadingAnEndlessStream() {
    InputStream endless = new InputStream() {
      @Override
      public int read() {
        return ' ';
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        Arrays.fill(bytes, offset, offset + length, (byte) ' ');
        return length;
      }
    };

    JsonRefused refused = catchThrowableOfType(
        JsonRefused.class, () -> JsonReader.read(endless, new Limits(64, 10, 1_000_000)));

    assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
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
  void readsCharactersThatComeInPieces() throws JsonRefused, IOException {
    byte[] text = "[\"\u20ac\ud83d\ude00\"]".getBytes(StandardCharsets.UTF_8);
    InputStream drops = new ByteArrayInputStream(text) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, 1);
      }
    };

    assertThat(JsonReader.read(drops, Limits.DEFAULT))
        .isEqualTo(JsonArray.of(java.util.List.of(JsonString.of("\u20ac\ud83d\ude00"))));
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

  @Test
  void nonsenseLimitsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(1001, 1, 1))
        .withMessage("depth limit: 1001 (expected: at most 1000)");
    assertThat(new Limits(1000, 1, 1).depth()).isEqualTo(1000);
    assertThat(Limits.DEFAULT).isEqualTo(new Limits(64, 262_144, 8_388_608));
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

  private static JsonRefused refusal(String text) {
    return catchThrowableOfType(JsonRefused.class, () -> JsonReader.read(text));
  }

  private static JsonRefused refusal(byte[] text, Limits limits) {
    return catchThrowableOfType(JsonRefused.class, () -> JsonReader.read(text, limits));
  }

  private static JsonRefused streamRefusal(byte[] text, Limits limits) {
    return catchThrowableOfType(
        JsonRefused.class, () -> JsonReader.read(new ByteArrayInputStream(text), limits));
  }
}
