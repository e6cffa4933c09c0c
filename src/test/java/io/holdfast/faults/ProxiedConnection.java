package io.holdfast.faults;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** One connection through a {@link DatabaseProxy}: two pumps that move whole messages of PostgreSQL's protocol, version 3. */
final class ProxiedConnection {
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private final DatabaseProxy proxy;
  private final Socket client;
  private final Socket server = new Socket();
  private final int databasePort;
  private final EventWrites writes = new EventWrites();

  ProxiedConnection(DatabaseProxy proxy, Socket client, int databasePort) {
    this.proxy = proxy;
    this.client = client;
    this.databasePort = databasePort;
  }

  /** Work that ends with its sockets. */
  interface Pump {
    void run() throws IOException, InterruptedException;
  }

  static void thread(String name, Pump pump) {
    Thread thread = new Thread(() -> quietly(pump), name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void quietly(Pump pump) {
    try {
      pump.run();
    } catch (IOException closed) {
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  void start() {
    thread("database-proxy-up", () -> closing(this::toServer));
  }

  private void closing(Pump pump) throws IOException, InterruptedException {
    try {
      pump.run();
    } finally {
      close();
    }
  }

  void close() {
    quietly(client::close);
    quietly(server::close);
    proxy.forget(this);
  }

  private void toServer() throws IOException, InterruptedException {
    proxy.gate(false);
    DataInputStream in = input(client);
    byte[] startup = startup(in);
    server.connect(
        new java.net.InetSocketAddress(InetAddress.getByName("127.0.0.1"), databasePort));
    server.setTcpNoDelay(true);
    client.setTcpNoDelay(true);
    thread("database-proxy-down", () -> closing(this::toClient));
    DataOutputStream out = output(server);
    out.writeInt(startup.length + 4);
    out.write(startup);
    out.flush();
    while (true) {
      byte type = in.readByte();
      byte[] body = body(in);
      writes.sent(type, body);
      proxy.gate(false);
      write(out, type, body);
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  /** Encryption is answered with no, so that what follows can be read. */
  private byte[] startup(DataInputStream in) throws IOException {
    byte[] packet = body(in);
    int code = java.nio.ByteBuffer.wrap(packet).getInt();
    while (code == SSL_REQUEST || code == GSS_REQUEST) {
      client.getOutputStream().write('N');
      packet = body(in);
      code = java.nio.ByteBuffer.wrap(packet).getInt();
    }
    return packet;
  }

  private void toClient() throws IOException, InterruptedException {
    DataInputStream in = input(server);
    DataOutputStream out = output(client);
    while (true) {
      byte type = in.readByte();
      byte[] body = body(in);
      boolean done = type == 'Z';
      if (done && writes.committed(body) && proxy.takeCut()) {
        return;
      }
      proxy.gate(done);
      write(out, type, body);
      boolean heldBack = !done && writes.isPending() && proxy.mayCut();
      if (!heldBack && (done || in.available() == 0)) {
        out.flush();
      }
    }
  }

  private static void write(DataOutputStream out, byte type, byte[] body) throws IOException {
    out.writeByte(type);
    out.writeInt(body.length + 4);
    out.write(body);
  }

  private static byte[] body(DataInputStream in) throws IOException {
    int length = in.readInt() - 4;
    if (length < 0) {
      throw new EOFException("not a message");
    }
    return in.readNBytes(length);
  }

  private static DataInputStream input(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
  }

  private static DataOutputStream output(Socket socket) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 20));
  }
}
