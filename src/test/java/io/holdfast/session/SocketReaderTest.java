package io.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import akka.util.ByteString;
import io.holdfast.session.SocketReader.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SocketReaderTest {
  private static final int FINAL = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

  private final SocketReader reader = new SocketReader(70_000);

  private static byte[] frame(int first, byte[] payload) {
    return frame(first, payload, 0x80);
  }

  private static byte[] frame(int first, byte[] payload, int maskBit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int n = payload.length;
    if (n < 126) {
      out.write(maskBit | n);
    } else if (n < 65536) {
      out.writeBytes(new byte[] {(byte) (maskBit | 126), (byte) (n >> 8), (byte) n});
    } else {
      out.writeBytes(new byte[] {
        (byte) (maskBit | 127),
        0,
        0,
        0,
        0,
        (byte) (n >> 24),
        (byte) (n >> 16),
        (byte) (n >> 8),
        (byte) n
      });
    }
    out.writeBytes(MASK);
    for (int i = 0; i < n; i++) {
      out.write(payload[i] ^ MASK[i % 4]);
    }
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String text() {
    return new String(
        reader.payload(), reader.payloadStart(), reader.payloadLength(), StandardCharsets.UTF_8);
  }

  private List<String> texts(byte[] bytes, int chunk) throws SocketProtocol {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += chunk) {
      reader.feed(
          ByteString.fromArray(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + chunk))));
      for (Kind kind = reader.next(); kind != Kind.NONE; kind = reader.next()) {
        texts.add(kind == Kind.TEXT ? text() : kind.name());
      }
    }
    return texts;
  }

  @Property(tries = 300)
  void readsTheSameHoweverTheBytesAreCut(
      @ForAll @Size(max = 8) List<@StringLength(max = 300) String> messages,
      @ForAll @IntRange(min = 1, max = 400) int chunk)
      throws SocketProtocol {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    List<String> sent =
        messages.stream().map(m -> new String(utf8(m), StandardCharsets.UTF_8)).toList();
    sent.forEach(m -> wire.writeBytes(frame(FINAL | TEXT, utf8(m))));

    assertThat(new SocketReaderTest().texts(wire.toByteArray(), chunk)).isEqualTo(sent);
  }

  @Test
  void readsLengthsOfEverySize() throws SocketProtocol {
    for (int length : new int[] {0, 1, 125, 126, 127, 65535, 65536, 70_000}) {
      assertThat(texts(frame(FINAL | TEXT, utf8("x".repeat(length))), 1000))
          .containsExactly("x".repeat(length));
    }
  }

  @Test
  void joinsFragmentsWithControlFramesBetweenThem() throws SocketProtocol {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(frame(TEXT, utf8("a")));
    wire.writeBytes(frame(FINAL | PING, utf8("?")));
    wire.writeBytes(frame(0, utf8("b")));
    wire.writeBytes(frame(FINAL, utf8("c")));
    wire.writeBytes(frame(FINAL | CLOSE, new byte[] {3, (byte) 0xe8}));

    assertThat(texts(wire.toByteArray(), 3)).containsExactly("PING", "abc", "CLOSE");
  }

  private SocketProtocol breach(byte[]... frames) {
    return catchThrowableOfType(SocketProtocol.class, () -> {
      SocketReaderTest fresh = new SocketReaderTest();
      for (byte[] frame : frames) {
        fresh.texts(frame, 4096);
      }
    });
  }

  @Test
  void refusesALongMessageBeforeItIsThere() {
    byte[] header = Arrays.copyOf(frame(FINAL | TEXT, new byte[80_000]), 10);

    assertThat(breach(header, new byte[4]).breach()).isEqualTo(SocketProtocol.Breach.TOO_LARGE);
  }

  @Test
  void refusesFragmentsThatAddUpToALongMessage() {
    byte[] first = frame(TEXT, new byte[60_000]);
    byte[] second = frame(0, new byte[10_001]);

    assertThat(breach(first, second).breach()).isEqualTo(SocketProtocol.Breach.TOO_LARGE);
  }

  @Test
  void refusesALengthOfMoreThanSixtyThreeBits() {
    byte[] header = {(byte) 0x81, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0};

    assertThat(breach(header).breach()).isEqualTo(SocketProtocol.Breach.TOO_LARGE);
  }

  @Test
  void refusesBinaryFrames() {
    assertThat(breach(frame(FINAL | BINARY, new byte[1])).breach())
        .isEqualTo(SocketProtocol.Breach.BINARY);
  }

  @Test
  void refusesWhatTheProtocolForbids() {
    assertThat(breach(frame(FINAL | TEXT, new byte[1], 0))).hasMessageContaining("not masked");
    assertThat(breach(frame(FINAL | 0x40 | TEXT, new byte[1])))
        .hasMessageContaining("reserved bits");
    assertThat(breach(frame(FINAL | 3, new byte[1]))).hasMessageContaining("opcode 3");
    assertThat(breach(frame(PING, new byte[1]))).hasMessageContaining("control frame");
    assertThat(breach(frame(FINAL | PING, new byte[126]))).hasMessageContaining("control frame");
    assertThat(breach(frame(FINAL, new byte[1]))).hasMessageContaining("fragments out of order");
  }

  @Test
  void refusesANewMessageWithinAFragmentedOne() {
    assertThat(breach(frame(TEXT, new byte[1]), frame(FINAL | TEXT, new byte[1])))
        .hasMessageContaining("fragments out of order");
  }

  @Test
  void unknownBytesEndInARefusalNotACrash() {
    assertThatThrownBy(() -> texts(utf8("GET / HTTP/1.1\r\n\r\n"), 5))
        .isInstanceOf(SocketProtocol.class);
  }
}
