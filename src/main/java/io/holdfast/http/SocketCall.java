package io.holdfast.http;

import akka.http.impl.engine.server.UpgradeToOtherProtocolResponseHeader;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.session.Node;
import io.holdfast.session.SocketStage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * {@code GET /v1/socket}: the WebSocket handshake (RFC 6455, section 4.2). What follows it is our own stage on the connection's
 * bytes; Akka HTTP's chain of stages has no limit for a message's size and needs several times the memory.
 */
final class SocketCall {
  private static final String PROTOCOL = "holdfast.v1";
  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Node node;
  private final Origins origins;

  SocketCall(Node node, Origins origins) {
    this.node = node;
    this.origins = origins;
  }

  HttpResponse upgrade(HttpRequest request) {
    if (!origins.allows(request)) {
      throw Problem.of(
          ErrorCode.FORBIDDEN,
          "Origin: not allowed (expected: this server's own or one of HOLDFAST_ORIGINS)");
    }
    if (request.getAttribute(AttributeKeys.webSocketUpgrade).isEmpty()) {
      return HttpResponse.create()
          .withStatus(426)
          .addHeader(RawHeader.create("Upgrade", "websocket"));
    }
    if (node.sessions().isDraining()) {
      throw Problem.of(ErrorCode.UNAVAILABLE, "node: stopping (expected: another node)");
    }
    String key = request.getHeader("Sec-WebSocket-Key").map(HttpHeader::value).orElseThrow();
    SocketStage stage = new SocketStage(node, UUID.randomUUID().toString());
    return HttpResponse.create()
        .withStatus(StatusCodes.SWITCHING_PROTOCOLS)
        .addHeaders(headers(request, key, stage));
  }

  private static List<HttpHeader> headers(HttpRequest request, String key, SocketStage stage) {
    List<HttpHeader> headers = new ArrayList<>();
    headers.add(RawHeader.create("Upgrade", "websocket"));
    headers.add(akka.http.javadsl.model.headers.Connection.create("upgrade"));
    headers.add(RawHeader.create("Sec-WebSocket-Accept", accept(key)));
    boolean asked = request
        .getHeader("Sec-WebSocket-Protocol")
        .map(HttpHeader::value)
        .map(SocketCall::offersOurs)
        .orElse(false);
    if (asked) {
      headers.add(RawHeader.create("Sec-WebSocket-Protocol", PROTOCOL));
    }
    Flow<ByteString, ByteString, ?> flow = Flow.fromGraph(stage);
    headers.add(UpgradeToOtherProtocolResponseHeader.apply(asScala(flow)));
    return headers;
  }

  @SuppressWarnings("unchecked")
  private static akka.stream.scaladsl.Flow<ByteString, ByteString, Object> asScala(
      Flow<ByteString, ByteString, ?> flow) {
    return ((Flow<ByteString, ByteString, Object>) flow).asScala();
  }

  private static boolean offersOurs(String protocols) {
    return List.of(protocols.split("\\s*,\\s*")).contains(PROTOCOL);
  }

  private static String accept(String key) {
    try {
      byte[] salted = (key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-1: every Java platform has it", impossible);
    }
  }
}
