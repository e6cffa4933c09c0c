package io.holdfast.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A WebSocket (RFC 6455) that costs its process next to nothing, so that load leaves the cores to the servers. For one thread. */
final class LeanSocket implements AutoCloseable {
  private static final int TEXT = 0x81;
  private static final int MASKED = 0x80;

  private final SocketChannel channel;
  private final Consumer<ByteBuffer> heard;
  private ByteBuffer in = ByteBuffer.allocate(8192);

  private LeanSocket(SocketChannel channel, Consumer<ByteBuffer> heard) {
    this.channel = channel;
    this.heard = heard;
  }

  /** Connected; {@code heard} gets each text frame's bytes when {@code selector} finds some and {@link #read} is called. */
  static LeanSocket to(int port, Selector selector, Consumer<ByteBuffer> heard) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    LeanSocket socket = new LeanSocket(channel, heard);
    socket.shakeHands(port);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, socket);
    return socket;
  }

  private void shakeHands(int port) throws IOException {
    String request = "GET /v1/socket HTTP/1.1\r\nHost: 127.0.0.1:" + port
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0) {
      if (channel.read(one.clear()) < 0) {
        throw new IOException("handshake: " + head);
      }
      head.append((char) one.get(0));
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("handshake: " + head);
    }
  }

  /** One text frame of less than 64 KiB, under a mask of zeros. */
  void say(String frame) {
    byte[] text = frame.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(8 + text.length).put((byte) TEXT);
    if (text.length < 126) {
      out.put((byte) (MASKED | text.length));
    } else {
      out.put((byte) (MASKED | 126)).putShort((short) text.length);
    }
    out.putInt(0).put(text).flip();
    try {
      while (out.hasRemaining()) {
        channel.write(out);
      }
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  /** Hands on the frames that are here. */
  void read() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("socket: closed by the server (expected: open)");
    }
    in.flip();
    while (takeFrame()) {}
    in.compact();
    if (!in.hasRemaining()) {
      in = ByteBuffer.allocate(4 * in.capacity()).put(in.flip());
    }
  }

  private boolean takeFrame() {
    int start = in.position();
    if (in.remaining() < 2) {
      return false;
    }
    int first = in.get() & 0xff;
    int code = in.get() & 0x7f;
    int more = code < 126 ? 0 : code == 126 ? 2 : 8;
    if (in.remaining() < more) {
      in.position(start);
      return false;
    }
    long length = code < 126 ? code : code == 126 ? in.getShort() & 0xffff : in.getLong();
    if (in.remaining() < length) {
      in.position(start);
      return false;
    }
    int end = in.position() + (int) length;
    if (first == TEXT) {
      heard.accept(in.duplicate().limit(end));
    }
    in.position(end);
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
