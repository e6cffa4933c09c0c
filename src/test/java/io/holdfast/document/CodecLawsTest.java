package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(Documents.class)
class CodecLawsTest {
  @Property
  void readingTheTextOfADocumentGivesItBack(@ForAll Json document) throws JsonRefused {
    assertThat(JsonReader.read(JsonWriter.text(document))).isEqualTo(document);
    assertThat(JsonReader.read(JsonWriter.canonical(document), Limits.DEFAULT)).isEqualTo(document);
  }

  @Property
  void readingTheCborOfADocumentGivesItBack(@ForAll Json document) throws JsonRefused {
    assertThat(JsonReader.readCbor(JsonWriter.cbor(document), Limits.DEFAULT)).isEqualTo(document);
  }

  @Property
  void streamingReadsAndWritesTheSame(@ForAll Json document) throws JsonRefused, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter.write(document, out);

    assertThat(out.toByteArray()).isEqualTo(JsonWriter.canonical(document));
    assertThat(JsonReader.read(new ByteArrayInputStream(out.toByteArray()), Limits.DEFAULT))
        .isEqualTo(document);
  }

  @Property
  void theEncodingIsExactlyAsLongAsPromised(@ForAll Json document) {
    assertThat(JsonWriter.canonical(document)).hasSize(document.encodedBytes());
  }

  @Property
  void equalDocumentsHaveOneTextOneHashAndOneDigest(@ForAll Json document) throws JsonRefused {
    Json copy = JsonReader.read(JsonWriter.text(document));

    assertThat(copy).hasSameHashCodeAs(document);
    assertThat(JsonWriter.text(copy)).isEqualTo(JsonWriter.text(document));
    assertThat(copy.depth()).isEqualTo(document.depth());
    assertThat(Digest.sha256(copy)).isEqualTo(Digest.sha256(document));
  }

  @Property
  void theDigestIsSha256OfTheCanonicalText(@ForAll Json document) throws NoSuchAlgorithmException {
    byte[] text = JsonWriter.text(document).getBytes(StandardCharsets.UTF_8);

    assertThat(Digest.sha256(document))
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(text));
  }

  @Property
  void theDebuggingTextBeginsLikeTheDocument(@ForAll Json document) {
    String text = document.toString();

    assertThat(JsonWriter.text(document))
        .startsWith(text.endsWith("…") ? text.substring(0, text.length() - 1) : text);
    assertThat(text).hasSizeLessThanOrEqualTo(201);
  }
}
