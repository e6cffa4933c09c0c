package io.holdfast.document;

import static io.holdfast.document.Refusals.refusal;
import static io.holdfast.document.Refusals.streamRefusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.document.JsonRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only UTF-8 is read, and all of it. */
class Utf8Test {
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
  void readsCharactersThatComeInPieces() throws JsonRefused, IOException {
    byte[] text = "[\"\u20ac\ud83d\ude00\"]".getBytes(StandardCharsets.UTF_8);
    InputStream drops = new ByteArrayInputStream(text) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, 1);
      }
    };

    assertThat(JsonReader.read(drops, Limits.DEFAULT))
        .isEqualTo(JsonArray.of(List.of(JsonString.of("\u20ac\ud83d\ude00"))));
  }
}
