package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Whatever the bytes, they are a document or are refused. */
@Domain(Documents.class)
@Domain(DomainContext.Global.class)
class ReaderFuzzTest {
  @Property(tries = 5000)
  void damagedTextIsADocumentOrRefused(@ForAll Json document, @ForAll Random random) {
    byte[] text = damaged(JsonWriter.canonical(document), random);

    text(text).ifPresent(read -> assertThat(read.encodedBytes())
        .isEqualTo(JsonWriter.canonical(read).length));
  }

  @Property(tries = 5000)
  void damagedCborIsADocumentOrRefused(@ForAll Json document, @ForAll Random random) {
    byte[] cbor = damaged(JsonWriter.cbor(document), random);

    cbor(cbor).ifPresent(read -> assertThat(read.encodedBytes())
        .isEqualTo(JsonWriter.canonical(read).length));
  }

  @Property(tries = 5000)
  void randomBytesAreADocumentOrRefused(@ForAll Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);

    text(bytes);
    cbor(bytes);
  }

  @Property(tries = 5000)
  void randomTokensAreADocumentOrRefused(@ForAll Random random) {
    String[] tokens = {
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "1", "-", "0", ".", "e9", "true", "null", " ",
      "\\u", "\""
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(tokens[random.nextInt(tokens.length)]);
    }

    text(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Optional<Json> text(byte[] bytes) {
    try {
      return Optional.of(JsonReader.read(bytes, Limits.DEFAULT));
    } catch (JsonRefused e) {
      assertThat(e.detail()).contains(" (expected: ");
      assertThat(e.pointer()).matches("(?s)|/.*");
      return Optional.empty();
    }
  }

  private static Optional<Json> cbor(byte[] bytes) {
    try {
      return Optional.of(JsonReader.readCbor(bytes, Limits.DEFAULT));
    } catch (JsonRefused e) {
      assertThat(e.detail()).contains(" (expected: ");
      assertThat(e.line()).isZero();
      return Optional.empty();
    }
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
      int place = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[place] = (byte) random.nextInt(256);
        case 1 -> bytes = java.util.Arrays.copyOf(bytes, place);
        default -> bytes[place] = bytes[random.nextInt(bytes.length)];
      }
    }
    return bytes;
  }
}
