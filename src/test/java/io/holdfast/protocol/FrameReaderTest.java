package io.holdfast.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.document.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final FrameReader ROOMY = new FrameReader(Limits.DEFAULT);

  private final FrameReader reader = new FrameReader(new Limits(8, 200, 1000));

  private FrameRefused refused(String text) {
    return refused(reader, text);
  }

  private static FrameRefused refused(FrameReader reader, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return catchThrowableOfType(FrameRefused.class, () -> reader.read(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"t\":\"hello\"}; BAD_FRAME; client: missing",
        "{\"t\":\"hello\",\"client\":\"a b\"}; BAD_FRAME; client: not acceptable",
        "{\"t\":\"hello\",\"client\":\"\"}; BAD_FRAME; client: not acceptable",
        "{\"t\":\"hello\",\"client\":\"a\",\"token\":7}; BAD_FRAME; token: not acceptable",
        "{\"t\":\"refresh\"}; BAD_FRAME; token: missing",
        "{\"t\":\"open\"}; BAD_FRAME; entity: missing",
        "{\"t\":\"open\",\"entity\":\"nokind\"}; BAD_ENTITY; entity: not a name",
        "{\"t\":\"open\",\"entity\":\"k/a b\"}; BAD_ENTITY; entity: not a name",
        "{\"t\":\"open\",\"entity\":\"k/a\",\"presence\":1}; BAD_FRAME; presence: not acceptable",
        "{\"t\":\"open\",\"entity\":\"k/a\",\"epoch\":-1,\"version\":1}; BAD_FRAME; epoch: not acceptable",
        "{\"t\":\"mutate\",\"entity\":\"k/a\",\"seq\":0,\"after\":0,\"ops\":[]}; BAD_FRAME; seq: not acceptable",
        "{\"t\":\"mutate\",\"entity\":\"k/a\",\"seq\":1.5,\"after\":0,\"ops\":[]}; BAD_FRAME; seq: not acceptable",
        "{\"t\":\"mutate\",\"entity\":\"k/a\",\"seq\":1,\"ops\":[]}; BAD_FRAME; after: missing",
        "{\"t\":\"mutate\",\"entity\":\"k/a\",\"seq\":1,\"after\":0}; BAD_FRAME; ops: missing",
        "{\"t\":\"present\",\"entity\":\"k/a\"}; BAD_FRAME; data: missing",
      })
  void refusesAFrameItCannotUseButGoesOn(String text, ErrorCode code, String detail) {
    FrameRefused refused = refused(text);

    assertThat(refused.refusal().code()).isEqualTo(code);
    assertThat(refused.refusal().detail()).startsWith(detail);
    assertThat(refused.re()).isNotEmpty();
    assertThat(refused.isFatal()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[]; BAD_FRAME",
        "{}; BAD_FRAME",
        "{\"t\":1}; BAD_FRAME",
        "{\"t\":\"ping\",\"t\":\"ping\"}; BAD_FRAME",
        "{\"t\":\"ping\",\"n\":1e999}; BAD_FRAME",
        "{\"t\":\"ping\",\"n\":[[[[[[[[[[[[1]]]]]]]]]]]]}; TOO_DEEP",
        "{\"t\":\"pi; BAD_FRAME",
      })
  void endsTheConversationOverWhatIsNoFrame(String text, ErrorCode code) {
    FrameRefused refused = refused(text);

    assertThat(refused.refusal().code()).isEqualTo(code);
    assertThat(refused.isFatal()).isTrue();
  }

  @Test
  void refusesLongStringsBeforeTheyAreRead() {
    FrameRefused refused = refused("{\"t\":\"ping\",\"n\":\"" + "x".repeat(300) + "\"}");

    assertThat(refused.refusal().code()).isEqualTo(ErrorCode.TOO_LARGE);
  }

  @Test
  void namesAnUnknownFrameAndGoesOn() {
    FrameRefused refused = refused("{\"t\":\"teleport\"}");

    assertThat(refused.refusal().code()).isEqualTo(ErrorCode.UNKNOWN_FRAME);
    assertThat(refused.re()).isEqualTo("teleport");
    assertThat(refused.isFatal()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"open\",\"entity\":\"%s\"}",
        "{\"t\":\"close\",\"entity\":\"%s\"}",
        "{\"t\":\"mutate\",\"entity\":\"%s\",\"seq\":1,\"after\":0,\"ops\":[]}",
        "{\"t\":\"present\",\"entity\":\"%s\",\"data\":1}",
      })
  void saysWhichNameIsNone(String frame) {
    for (String name : List.of("board/a b", "nokind", "k/é\\u0000", "k/" + "x".repeat(510))) {
      FrameRefused refused = refused(ROOMY, frame.formatted(name));

      assertThat(refused.refusal().code()).isEqualTo(ErrorCode.BAD_ENTITY);
      assertThat(refused.entity()).isEqualTo(name.replace("\\u0000", "\0"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "hello"})
  void doesNotSayBackWhatIsFarTooLongForAName(String t) {
    String name = "k/" + "x".repeat(511);

    FrameRefused refused = refused(ROOMY, "{\"t\":\"%s\",\"entity\":\"%s\"}".formatted(t, name));

    assertThat(refused.entity()).isEmpty();
  }

  @Test
  void ignoresMembersItDoesNotKnow() throws FrameRefused {
    byte[] text = "{\"t\":\"ping\",\"n\":1,\"later\":{}}".getBytes(StandardCharsets.UTF_8);

    assertThat(reader.read(text, 0, text.length)).isInstanceOf(ClientFrame.Ping.class);
  }
}
