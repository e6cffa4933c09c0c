package io.holdfast.document;

import static io.holdfast.document.Documents.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WriterTest {
  @Test
  void onlyWhatMustBeIsEscaped() {
    JsonString string =
        JsonString.of("\u20ac$\u000f\nA'B\"\\\\\"/\b\t\f\r\u0000\u001f\u007f<\u2028");

    assertThat(JsonWriter.text(string))
        .isEqualTo(
            "\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\\u0000\\u001f\u007f<\u2028\"");
    assertThat(JsonWriter.canonical(string)).hasSize(string.encodedBytes());
  }

  @Test
  void aFrameIsPutTogetherFromPieces() {
    JsonBuffer buffer = new JsonBuffer(1)
        .ascii("{\"t\":")
        .string("x\u00e9\"")
        .ascii(",\"n\":")
        .number(-42)
        .ascii(",\"v\":")
        .value(parse("[1.5,null,true,{'a':false}]"))
        .ascii(",\"b\":")
        .bytes("[]".getBytes(StandardCharsets.UTF_8))
        .ascii("}");

    String expected =
        "{\"t\":\"x\u00e9\\\"\",\"n\":-42,\"v\":[1.5,null,true,{\"a\":false}],\"b\":[]}";
    assertThat(new String(buffer.toBytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
    assertThat(buffer.toText()).isEqualTo(expected);
    assertThat(buffer.size()).isEqualTo(expected.length() + 1);
  }

  @Test
  void aBufferGrowsForEveryPiece() {
    for (int size = 0; size < 70; size++) {
      String start = "x".repeat(size);
      assertThat(new JsonBuffer(1).ascii(start).ascii("abc").toText()).isEqualTo(start + "abc");
      assertThat(
              new JsonBuffer(1).ascii(start).number(-1_234_567_890_123_456_789L).toText())
          .isEqualTo(start + "-1234567890123456789");
      assertThat(new JsonBuffer(1).ascii(start).string("ab").toText()).isEqualTo(start + "\"ab\"");
      assertThat(new JsonBuffer(1).ascii(start).string("\ud83d\ude00").toText())
          .isEqualTo(start + "\"\ud83d\ude00\"");
      assertThat(new JsonBuffer(1).ascii(start).value(JsonString.of("ab")).toText())
          .isEqualTo(start + "\"ab\"");
      assertThat(new JsonBuffer(1).ascii(start).value(parse("[{}]")).toText())
          .isEqualTo(start + "[{}]");
      assertThat(new JsonBuffer(1).ascii(start).bytes(new byte[] {65, 66, 67}).toText())
          .isEqualTo(start + "ABC");
    }
  }

  @Test
  void halfACharacterInAPieceBecomesTheReplacementCharacter() {
    assertThat(new JsonBuffer(8).string("a\ud800b\udc00").toText()).isEqualTo("\"a\ufffdb\ufffd\"");
  }

  @Test
  void everyNumberIsWritten() {
    for (long number :
        new long[] {0, 9, 10, -10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53}) {
      assertThat(new JsonBuffer(1).number(number).toText()).isEqualTo(Long.toString(number));
    }
  }

  @Test
  void writesLargeDocumentsInChunks() throws IOException {
    Json document = JsonArray.of(java.util.List.of(
        Documents.records(2000),
        JsonString.of("\u20ac".repeat(20_000)),
        JsonString.of("x".repeat(20_000))));
    int[] chunks = {0};
    ByteArrayOutputStream out = new ByteArrayOutputStream() {
      @Override
      public synchronized void write(byte[] bytes, int offset, int length) {
        chunks[0]++;
        super.write(bytes, offset, length);
      }
    };

    JsonWriter.write(document, out);

    assertThat(out.toByteArray()).isEqualTo(JsonWriter.canonical(document));
    assertThat(chunks[0]).isGreaterThan(10);
  }

  @Test
  void aBrokenStreamIsReported() throws IOException {
    OutputStream closed = OutputStream.nullOutputStream();
    closed.close();

    assertThatIOException()
        .isThrownBy(() -> JsonWriter.write(parse("[1]"), closed))
        .withMessage("Stream closed");
  }

  @Test
  void theDebuggingTextOfALargeDocumentIsItsBeginning() {
    Json records = Documents.records(10_000);

    assertThat(records).hasToString(JsonWriter.text(records).substring(0, 200) + "…");
    assertThat(JsonString.of("x".repeat(198))).hasToString("\"" + "x".repeat(198) + "\"");
    assertThat(JsonString.of("x".repeat(199))).hasToString("\"" + "x".repeat(199) + "…");
    assertThat(JsonString.of("x".repeat(198) + "\ud83d\ude00"))
        .hasToString("\"" + "x".repeat(198) + "…");
    assertThat(JsonString.of("\u20ac".repeat(100))).hasToString("\"" + "\u20ac".repeat(100) + "\"");
    assertThat(Excerpt.of("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(Excerpt.of("x".repeat(201))).isEqualTo("x".repeat(200) + "…");
  }

  @Test
  void theDigestOfAKnownDocumentIsKnown() {
    assertThat(HexFormat.of().formatHex(Digest.sha256(parse("{ 'b': 1.0, 'a': [] }"))))
        .isEqualTo(HexFormat.of().formatHex(sha256("{\"a\":[],\"b\":1}")));
    assertThat(HexFormat.of().formatHex(Digest.sha256(parse("''"))))
        .isEqualTo("12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126");
  }

  private static byte[] sha256(String text) {
    try {
      return java.security.MessageDigest.getInstance("SHA-256")
          .digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
