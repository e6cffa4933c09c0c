package io.holdfast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine. */
public final class FreePort {
  private FreePort() {}

  /** One that nobody listens on, for those who must know it before they start or keep it over a restart. */
  public static int find() {
    try (ServerSocket socket = taken()) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One that is in use until closed. */
  static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
