package io.holdfast.document;

import static io.holdfast.document.Documents.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.document.JsonRefused.Reason;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
  /** Mostly RFC 8949, appendix A. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "0; 00",
        "23; 17",
        "24; 1818",
        "255; 18ff",
        "256; 190100",
        "65535; 19ffff",
        "65536; 1a00010000",
        "4294967295; 1affffffff",
        "4294967296; 1b0000000100000000",
        "1000000000000; 1b000000e8d4a51000",
        "-1; 20",
        "-24; 37",
        "-25; 3818",
        "-1000; 3903e7",
        "9007199254740992; 1b0020000000000000",
        "-9007199254740992; 3b001fffffffffffff",
        "1.5; fa3fc00000",
        "1.1; fb3ff199999999999a",
        "1e300; fb7e37e43c8800759c",
        "3.4028234663852886e+38; fa7f7fffff",
        "false; f4",
        "true; f5",
        "null; f6",
        "''; 60",
        "'\u00fc'; 62c3bc",
        "[]; 80",
        "{}; a0",
        "[1,[2,3]]; 8201820203",
        "{'a':1,'b':[2]}; a26161016162" + "8102"
      })
  void cborIsTheShortestForm(String text, String hex) throws JsonRefused {
    Json value = parse(text);

    assertThat(HexFormat.of().formatHex(JsonWriter.cbor(value))).isEqualTo(hex);
    assertThat(JsonReader.readCbor(HexFormat.of().parseHex(hex), Limits.DEFAULT))
        .isEqualTo(value);
  }

  @Test
  void longStringsAndContainersHaveLongHeads() throws JsonRefused {
    Json value = JsonObject.empty()
        .with("text", JsonString.of("\u20ac".repeat(30_000)))
        .with("list", Documents.records(300));

    assertThat(JsonReader.readCbor(JsonWriter.cbor(value), Limits.DEFAULT)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0000",
        "4100",
        "a1",
        "82",
        "8200",
        "a16161",
        "6261",
        "f97e00",
        "f97c00",
        "fa7f800000",
        "fb7ff0000000000000",
        "1b0020000000000001",
        "1bffffffffffffffff",
        "a2616101616102",
        "63eda080",
        "a163eda08001",
        "ff",
        "a1616101" + "00",
        "9f01"
      })
  void refusesWhatIsNoDocument(String hex) {
    JsonRefused refused = refusal(HexFormat.of().parseHex(hex), Limits.DEFAULT);

    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.line()).isZero();
  }

  @Test
  void limitsHoldForCborToo() {
    Limits small = new Limits(2, 4, 20);

    assertThat(refusal(JsonWriter.cbor(parse("[[[]]]")), small).reason())
        .isEqualTo(Reason.TOO_DEEP);
    assertThat(refusal(JsonWriter.cbor(parse("'12345'")), small).reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(JsonWriter.cbor(parse("{'12345':1}")), small).reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(new byte[21], small).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(
            refusal(HexFormat.of().parseHex("9f".repeat(5000)), Limits.DEFAULT).reason())
        .isEqualTo(Reason.TOO_DEEP);
  }

  @Test
  void theTextOfADocumentIsLimitedNotOnlyItsCbor() {
    byte[] cbor = JsonWriter.cbor(parse("[1e20,1e20]"));

    assertThat(refusal(cbor, new Limits(2, 4, 44)).detail())
        .isEqualTo("document: 45 bytes (expected: at most 44)");
    assertThat(catchThrowableOfType(
            JsonRefused.class, () -> JsonReader.readCbor(cbor, new Limits(2, 4, 45))))
        .isNull();
  }

  private static JsonRefused refusal(byte[] cbor, Limits limits) {
    return catchThrowableOfType(JsonRefused.class, () -> JsonReader.readCbor(cbor, limits));
  }
}
