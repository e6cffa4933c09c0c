package io.holdfast.document;

import static io.holdfast.document.Refusals.refusal;
import static io.holdfast.document.Refusals.streamRefusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.document.JsonRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Limits hold while reading, so that little is read in vain. */
class LimitsTest {
  private static final Limits SMALL = new Limits(3, 8, 40);

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
  void theDeepestDocumentFitsIntoAnOrdinaryStack() throws InterruptedException {
    byte[] text = ("{\"a\":[".repeat(500) + "]}".repeat(500)).getBytes(StandardCharsets.UTF_8);
    AtomicReference<Object> outcome = new AtomicReference<>("nothing");
    Runnable walks = () -> {
      try {
        Limits deepest = new Limits(Limits.DEEPEST, 1, text.length);
        Json one = JsonReader.read(text, deepest);
        Json other = JsonReader.readCbor(JsonWriter.cbor(one), deepest);
        boolean alike = one.equals(other) && one.hashCode() == other.hashCode();
        outcome.set(
            alike && Diff.between(one, other).ops().isEmpty()
                ? JsonWriter.text(one).length()
                : other);
      } catch (JsonRefused | StackOverflowError e) {
        outcome.set(e);
      }
    };
    Thread thread = new Thread(null, walks, "ordinary stack", 1024 * 1024);
    thread.start();
    thread.join();

    assertThat(outcome).hasValue(text.length);
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
  void stringsAreMeasuredInUtf8() throws JsonRefused {
    for (String text : new String[] {
      "\u0080\u07ff\u0080\u0080", "\u0800\uffff12", "\ud83d\ude00\ud83d\ude00", "\u007f1234567"
    }) {
      byte[] eight = JsonWriter.canonical(JsonString.of(text));
      byte[] nine = JsonWriter.canonical(JsonString.of(text + "9"));

      assertThat(JsonReader.read(eight, SMALL)).isEqualTo(JsonString.of(text));
      assertThat(refusal(nine, SMALL).detail()).isEqualTo("string: 9 bytes (expected: at most 8)");
    }
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
}
