package io.holdfast.acceptance;

import io.holdfast.acceptance.HttpCalls.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Live heap of a node, after a collection, idle and with 1,000 sessions on 100 entities and one document of 1.2 MB. */
public final class MemoryBench {
  private static final int SESSIONS = 1000;
  private static final int ENTITIES = 100;
  private static final Path COUNTRIES =
      Path.of("src/ts/node_modules/world-countries-4/countries.json");

  private MemoryBench() {}

  public static void main(String[] args) throws Exception {
    try (NodeHome home = NodeHome.create();
        NodeProcess node = home.start()) {
      double idle = liveMegabytes(node);
      fill(node);
      List<WebSocket> sockets = connect(node);
      double used = liveMegabytes(node);
      System.out.printf(Locale.ROOT, "live heap of an idle node                %6.1f MB%n", idle);
      System.out.printf(
          Locale.ROOT,
          "with %,d sessions on %d entities + 1.2 MB %6.1f MB, %.1f MB more%n",
          SESSIONS,
          ENTITIES,
          used,
          used - idle);
      sockets.forEach(WebSocket::abort);
    }
    System.exit(0);
  }

  private static void fill(NodeProcess node) throws IOException {
    String small = "{\"text\":\"" + "x".repeat(2000) + "\"}";
    for (int i = 0; i < ENTITIES; i++) {
      check(node.http().put("/v1/state/note/e" + i, small));
    }
    check(node.http().call("PUT", "/v1/state/note/countries", BodyPublishers.ofFile(COUNTRIES)));
  }

  private static void check(Answer answer) {
    if (answer.status() != 200) {
      throw new IllegalStateException("fill: " + answer);
    }
  }

  private static List<WebSocket> connect(NodeProcess node) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    CountDownLatch states = new CountDownLatch(SESSIONS + SESSIONS / 10);
    List<WebSocket> sockets = new ArrayList<>();
    URI url = URI.create("ws://127.0.0.1:" + node.httpPort() + "/v1/socket");
    for (int i = 0; i < SESSIONS; i++) {
      WebSocket socket = client
          .newWebSocketBuilder()
          .buildAsync(url, new Counter(states))
          .get(10, TimeUnit.SECONDS);
      say(socket, "{\"t\":\"hello\",\"client\":\"m" + i + "\"}");
      say(socket, "{\"t\":\"open\",\"entity\":\"note/e" + i % ENTITIES + "\"}");
      if (i % 10 == 0) {
        say(socket, "{\"t\":\"open\",\"entity\":\"note/countries\"}");
      }
      sockets.add(socket);
    }
    if (!states.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "states: %d missing (expected: all)".formatted(states.getCount()));
    }
    return sockets;
  }

  private static void say(WebSocket socket, String frame) throws Exception {
    socket.sendText(frame, true).get(10, TimeUnit.SECONDS);
  }

  /** Counts the states that arrive. */
  private record Counter(CountDownLatch states) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      if (text.length() > 12 && text.subSequence(0, 12).toString().equals("{\"t\":\"state\"")) {
        states.countDown();
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  /** What a full collection leaves, as the JVM's own tool counts it. */
  private static double liveMegabytes(NodeProcess node) throws Exception {
    Process tool = new ProcessBuilder(
            "jcmd", Long.toString(node.process().pid()), "GC.class_histogram")
        .redirectErrorStream(true)
        .start();
    String text = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String total = text.lines()
        .filter(line -> line.startsWith("Total"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(text));
    try (Scanner columns = new Scanner(total)) {
      columns.next();
      columns.nextLong();
      return columns.nextLong() / 1e6;
    }
  }
}
