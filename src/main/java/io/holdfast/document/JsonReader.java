package io.holdfast.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads JSON text (UTF-8) or CBOR under I-JSON rules (RFC 7493) and {@link Limits}. */
public final class JsonReader {
  static final int MOST_NUMBER_CHARS = 100;

  /** Depth, strings and documents are limited by {@link TokenReader}, per call; the factories only guard numbers. */
  private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
      .maxNumberLength(MOST_NUMBER_CHARS)
      .maxNestingDepth(Limits.DEEPEST + 1)
      .maxStringLength(Integer.MAX_VALUE)
      .maxNameLength(Integer.MAX_VALUE)
      .build();

  private static final JsonFactory TEXT = JsonFactory.builder()
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .disable(JsonFactory.Feature.CHARSET_DETECTION)
      .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
      .streamReadConstraints(CONSTRAINTS)
      .build();

  private static final CBORFactory CBOR = CBORFactory.builder()
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .streamReadConstraints(CONSTRAINTS)
      .build();

  private JsonReader() {}

  /** The one value in the text; trailing bytes are refused. */
  public static Json read(byte[] utf8, Limits limits) throws JsonRefused {
    return read(utf8, 0, utf8.length, limits);
  }

  public static Json read(byte[] utf8, int offset, int length, Limits limits) throws JsonRefused {
    refuseOverlong(length, limits);
    int good = new Utf8Check().firstBad(utf8, offset, offset + length) - offset;
    if (good < length) {
      throw notUtf8(utf8, offset, good, limits);
    }
    return parse(utf8, offset, length, limits);
  }

  public static Json read(String text) throws JsonRefused {
    if (!Utf8.isWellFormed(text)) {
      throw new JsonRefused(
          JsonRefused.Reason.MALFORMED,
          "document: lone surrogate (expected: Unicode text)",
          0,
          0,
          "");
    }
    return read(text.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
  }

  /** Streams from {@code in}, never holding the text; does not close it. */
  public static Json read(InputStream in, Limits limits) throws JsonRefused, IOException {
    GuardedInput guarded = new GuardedInput(in, limits.documentBytes());
    try (JsonParser parser = TEXT.createParser(guarded)) {
      return document(parser, limits);
    }
  }

  /** The one value in the bytes; its canonical text must be within limits too. */
  public static Json readCbor(byte[] cbor, Limits limits) throws JsonRefused {
    refuseOverlong(cbor.length, limits);
    try (JsonParser parser = CBOR.createParser(cbor)) {
      Json document = document(parser, limits);
      refuseOverlong(document.encodedBytes(), limits);
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json parse(byte[] utf8, int offset, int length, Limits limits) throws JsonRefused {
    try (JsonParser parser = TEXT.createParser(utf8, offset, length)) {
      return document(parser, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json document(JsonParser parser, Limits limits) throws JsonRefused, IOException {
    try {
      return new TokenReader(parser, limits).document();
    } catch (IOException e) {
      throw TextErrors.from(e, parser).orElseThrow(() -> e);
    }
  }

  private static void refuseOverlong(int length, Limits limits) throws JsonRefused {
    if (length > limits.documentBytes()) {
      throw new JsonRefused(
          JsonRefused.Reason.TOO_LARGE,
          GuardedInput.tooLarge(length, limits.documentBytes()),
          0,
          0,
          "");
    }
  }

  /** Reads as far as the bytes are good, only to say where they stop being so. */
  private static JsonRefused notUtf8(byte[] utf8, int offset, int good, Limits limits) {
    try {
      parse(utf8, offset, good, limits);
    } catch (JsonRefused e) {
      return new JsonRefused(
          JsonRefused.Reason.MALFORMED, TextErrors.NOT_UTF8, e.line(), e.column(), e.pointer());
    }
    return new JsonRefused(JsonRefused.Reason.MALFORMED, TextErrors.NOT_UTF8, 0, 0, "");
  }
}
