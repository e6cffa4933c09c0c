package io.holdfast.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of the protocol as one simulated user drives it: numbers its commands, keeps a copy of what it observes. Used
 * by one user at a time, so it needs no locks.
 */
final class User {
  static final String PING = "{\"t\":\"ping\",\"n\":1}";

  private static final Pattern POSITION = Pattern.compile("\"\\d+\\.(\\d+)\"");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String client;
  private final String own;
  private final String room;
  private final Map<String, Long> seqs = new HashMap<>();
  private final Map<String, LocalCopy> copies = new HashMap<>();
  private long sent;
  private String target;
  private String trouble = "";

  /**
   * @param client its stable id
   * @param own the entity only this user writes
   * @param room the entity it shares with others
   */
  User(String client, String own, String room) {
    this.client = client;
    this.own = own;
    this.room = room;
    this.target = own;
  }

  String own() {
    return own;
  }

  String room() {
    return room;
  }

  String hello(String token) {
    String withToken = token.isEmpty() ? "" : ",\"token\":" + quoted(token);
    return "{\"t\":\"hello\",\"client\":%s%s}".formatted(quoted(client), withToken);
  }

  static String open(String entity) {
    return "{\"t\":\"open\",\"entity\":%s}".formatted(quoted(entity));
  }

  /** The next command; creates the user's own entity first, then takes turns between that and the room. */
  String mutate() {
    long turn = sent++;
    target = turn % 2 == 0 ? own : room;
    long after = seqs.getOrDefault(target, 0L);
    seqs.put(target, after + 1);
    return "{\"t\":\"mutate\",\"entity\":%s,\"seq\":%d,\"after\":%d,\"ops\":%s}"
        .formatted(quoted(target), after + 1, after, turn == 0 ? create() : edit(turn / 2));
  }

  private static String create() {
    return "[{\"op\":\"add\",\"path\":\"\",\"value\":%s}]".formatted(Documents.board("mine", 10));
  }

  /** One of four edits in turn; the third adds an element and the fourth takes it away again. */
  private String edit(long turn) {
    return switch ((int) (turn % 4)) {
      case 0 -> "[{\"op\":\"replace\",\"path\":\"/title\",\"value\":\"%s %d\"}]"
          .formatted(client, sent);
      case 1 -> "[{\"op\":\"replace\",\"path\":\"/todos/id=%d/done\",\"value\":%b}]"
          .formatted(sent % 10, sent % 3 == 0);
      case 2 -> "[{\"op\":\"add\",\"path\":\"/todos/-\",\"value\":{\"id\":\"%s\",\"text\":\"for a moment\",\"done\":false}}]"
          .formatted(client);
      default -> "[{\"op\":\"remove\",\"path\":\"/todos/id=%s\"}]".formatted(client);
    };
  }

  /** Whether the frame is the receipt of the last command. */
  boolean isReceipt(String text) {
    return !verdict(text).isEmpty();
  }

  /** {@code accepted}, or {@code code: detail} if refused; empty if the frame is no receipt of the last command. */
  String verdict(String text) {
    JsonNode frame = frame(text);
    if (!frame.path("entity").asText().equals(target)) {
      return "";
    }
    return switch (frame.path("t").asText()) {
      case "changed" -> isOwn(frame) ? "accepted" : "";
      case "accepted" -> isLast(frame) ? "accepted" : "";
      case "refused" -> isLast(frame)
          ? frame.path("code").asText() + ": " + frame.path("detail").asText()
          : "";
      default -> "";
    };
  }

  private boolean isOwn(JsonNode changed) {
    for (JsonNode change : changed.path("changes")) {
      if (change.path("client").asText().equals(client) && isLast(change)) {
        return true;
      }
    }
    return false;
  }

  private boolean isLast(JsonNode withSeq) {
    return withSeq.path("seq").asLong() == seqs.get(target);
  }

  static boolean is(String text, String t) {
    return frame(text).path("t").asText().equals(t);
  }

  static boolean is(String text, String t, String entity) {
    return is(text, t) && frame(text).path("entity").asText().equals(entity);
  }

  /** Takes whatever the server sent; what was wrong with it stays in {@link #trouble}. */
  void take(String text) {
    try {
      take(frame(text));
    } catch (RuntimeException wrong) {
      trouble = client + ": " + wrong.getMessage();
      System.err.println(trouble);
    }
  }

  /** What went wrong last; empty if nothing ever did. */
  String trouble() {
    return trouble;
  }

  private void take(JsonNode frame) {
    String entity = frame.path("entity").asText();
    switch (frame.path("t").asText()) {
      case "state" -> copies.computeIfAbsent(entity, name -> new LocalCopy()).state(frame);
      case "changed" -> copies.computeIfAbsent(entity, name -> new LocalCopy()).changed(frame);
      case "error", "closed", "goaway", "gap" -> throw new IllegalStateException(frame.toString());
      default -> {} // welcome, presence, pong, and receipts that came with no change
    }
  }

  /** Empty if nothing was ever wrong and the copy of {@code entity} is what the server answers to a GET; else why not. */
  String difference(String entity, String etag, String body) {
    Matcher position = POSITION.matcher(etag);
    LocalCopy copy = copies.get(entity);
    if (!trouble.isEmpty() || copy == null || !position.matches()) {
      return "%s: %s, ETag %s".formatted(entity, trouble, etag);
    }
    String difference = copy.difference(Long.parseLong(position.group(1)), frame(body));
    return difference.isEmpty() ? "" : client + ": " + entity + ": " + difference;
  }

  private static JsonNode frame(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException("frame: malformed", malformed);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
