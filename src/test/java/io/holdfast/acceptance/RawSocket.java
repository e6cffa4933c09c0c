package io.holdfast.acceptance;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A WebSocket by hand (RFC 6455), for bytes no library would send and for reading as late as one likes. */
public final class RawSocket implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int PING = 9;
  static final int FINAL = 0x80;

  private static final int TIMEOUT_MS = 20_000;
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private RawSocket(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
    socket.setSoTimeout(TIMEOUT_MS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
    shakeHands(port);
  }

  /** Connected and past the handshake. */
  static RawSocket to(int port) {
    return to(port, 0);
  }

  /** The same with a receive buffer of so many bytes, so that the sender soon notices that nobody reads. */
  public static RawSocket to(int port, int receiveBuffer) {
    try {
      return new RawSocket(port, receiveBuffer);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What the server answers to a request as it stands, head and body, to the end of the connection. */
  static String exchange(int port, String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void shakeHands(int port) throws IOException {
    String request = "GET /v1/socket HTTP/1.1\r\nHost: 127.0.0.1:" + port
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("handshake: " + head);
    }
  }

  /** One masked text frame, written in single quotes. */
  public RawSocket say(String frame) {
    return send(FINAL | TEXT, SingleQuotes.text(frame).getBytes(StandardCharsets.UTF_8));
  }

  /** One masked frame; {@code first} is the header's first byte: {@code FINAL}, reserved bits, opcode. */
  RawSocket send(int first, byte[] payload) {
    return write(frame(first, payload));
  }

  /** The bytes of one masked frame. */
  static byte[] frame(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length)
        .put(header(first, payload.length, true))
        .put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i & 3]));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  /** A frame's header without mask; {@code length} may promise more than ever comes. */
  static byte[] header(int first, long length, boolean masked) {
    int flag = masked ? 0x80 : 0;
    if (length < 126) {
      return new byte[] {(byte) first, (byte) (flag | length)};
    }
    if (length < 65_536) {
      return ByteBuffer.allocate(4)
          .put((byte) first)
          .put((byte) (flag | 126))
          .putShort((short) length)
          .array();
    }
    return ByteBuffer.allocate(10)
        .put((byte) first)
        .put((byte) (flag | 127))
        .putLong(length)
        .array();
  }

  /** Bytes as they are. */
  RawSocket write(byte[] bytes) {
    try {
      out.write(bytes);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether the server still takes bytes; false once it ended the connection. */
  boolean tryWrite(byte[] bytes) {
    try {
      out.write(bytes);
      return true;
    } catch (IOException ended) {
      return false;
    }
  }

  /** The next text frame, or empty at the end of the connection, orderly or not. */
  public Optional<ServerFrame> read() {
    try {
      while (true) {
        int opcode = in.readUnsignedByte() & 0x0f;
        byte[] payload = new byte[Math.toIntExact(length(in.readUnsignedByte()))];
        in.readFully(payload);
        if (opcode == TEXT) {
          return Optional.of(ServerFrame.parse(new String(payload, StandardCharsets.UTF_8)));
        }
        if (opcode == 8) {
          return Optional.empty();
        }
      }
    } catch (EOFException | java.net.SocketException ended) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private long length(int second) throws IOException {
    int code = second & 0x7f;
    return code < 126 ? code : code == 126 ? in.readUnsignedShort() : in.readLong();
  }

  /** The next text frame of that name; fails at the end of the connection. */
  ServerFrame await(String t) {
    while (true) {
      ServerFrame frame = read().orElseThrow(() -> new AssertionError("ended before " + t));
      if (frame.t().equals(t)) {
        return frame;
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
