package io.holdfast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonString;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every frame as the golden files have it, which the browser client reads too. */
class GoldenFramesTest {
  private static final Path FRAMES = Path.of("src/test/resources/frames");

  private static Stream<Path> files(String prefix) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FRAMES)) {
      files = all.filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
    assertThat(files).hasSizeGreaterThan(10);
    return files.stream();
  }

  @TestFactory
  Stream<DynamicTest> serverFramesAreWrittenAsTheGoldenFilesSay() throws IOException {
    return files("server-")
        .map(file ->
            DynamicTest.dynamicTest(file.getFileName().toString(), () -> writesTheSame(file)));
  }

  private static void writesTheSame(Path file) throws Exception {
    JsonObject golden = (JsonObject) JsonReader.read(Files.readString(file).strip());

    Frame frame = written(golden);

    assertThat(JsonReader.read(frame.json())).isEqualTo(golden);
    assertThat(frame.json()).startsWith("{\"t\":\"");
  }

  @TestFactory
  Stream<DynamicTest> clientFramesAreReadAsTheGoldenFilesSay() throws IOException {
    return files("client-")
        .map(file ->
            DynamicTest.dynamicTest(file.getFileName().toString(), () -> readsTheSame(file)));
  }

  private static void readsTheSame(Path file) throws Exception {
    byte[] text = Files.readString(file).strip().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    JsonObject golden = (JsonObject) JsonReader.read(text, Limits.DEFAULT);

    ClientFrame frame = new FrameReader(Limits.DEFAULT).read(text, 0, text.length);

    var seen = new Shown();
    frame.handedTo(seen);
    assertThat(seen.shown).isEqualTo(golden);
  }

  private static Frame written(JsonObject golden) {
    return switch (text(golden, "t")) {
      case "welcome" -> welcome(golden);
      case "state" -> ServerFrames.state(entity(golden), position(golden), member(golden, "doc"));
      case "current" -> ServerFrames.current(entity(golden), position(golden));
      case "changed" -> changed(golden);
      case "accepted" -> ServerFrames.accepted(
          entity(golden),
          number(golden, "seq"),
          number(golden, "version"),
          golden.has("duplicate"));
      case "refused" -> ServerFrames.refused(
          entity(golden), number(golden, "seq"), refusal(golden), number(golden, "version"));
      case "gap" -> ServerFrames.gap(entity(golden), number(golden, "expected"));
      case "presence" -> presence(golden);
      case "closed" -> ServerFrames.closed(entity(golden), code(golden), text(golden, "detail"));
      case "goaway" -> ServerFrames.goaway(
          ServerFrames.Goaway.valueOf(text(golden, "code").toUpperCase(java.util.Locale.ROOT)),
          text(golden, "detail"),
          number(golden, "retryAfterMs"));
      case "error" -> ServerFrames.error(
          refusal(golden), optional(golden, "re"), optional(golden, "entity"));
      case "pong" -> ServerFrames.pong(member(golden, "n"));
      default -> throw new AssertionError("no writer for " + golden);
    };
  }

  private static Frame welcome(JsonObject golden) {
    JsonObject limits = (JsonObject) member(golden, "limits");
    return ServerFrames.welcome(
        text(golden, "session"),
        text(golden, "node"),
        text(golden, "subject"),
        number(golden, "heartbeatMs"),
        number(golden, "serverTime"),
        new ServerFrames.Limits(
            (int) number(limits, "frameBytes"), (int) number(limits, "open"), (int)
                number(limits, "inFlight")));
  }

  /** One array of ops for each change, as the server merges them; however they are cut, the frame is the same. */
  private static Frame changed(JsonObject golden) {
    List<byte[]> ops = new ArrayList<>();
    for (Json op : (JsonArray) member(golden, "ops")) {
      ops.add(JsonWriter.canonical(JsonArray.of(List.of(op))));
    }
    List<ChangeMeta> changes = new ArrayList<>();
    for (Json one : (JsonArray) member(golden, "changes")) {
      JsonObject change = (JsonObject) one;
      changes.add(new ChangeMeta(
          number(change, "version"),
          text(change, "client"),
          number(change, "seq"),
          text(change, "by"),
          number(change, "at")));
    }
    return ServerFrames.changed(
        entity(golden), number(golden, "from"), number(golden, "version"), ops, changes);
  }

  private static Frame presence(JsonObject golden) {
    if (golden.has("all")) {
      return ServerFrames.presenceAll(entity(golden), present(golden, "all"));
    }
    List<String> gone = new ArrayList<>();
    for (Json session :
        golden.member("gone").map(JsonArray.class::cast).orElse(JsonArray.empty())) {
      gone.add(((JsonString) session).value());
    }
    return ServerFrames.presence(entity(golden), present(golden, "put"), gone);
  }

  private static List<ServerFrames.Present> present(JsonObject golden, String name) {
    List<ServerFrames.Present> present = new ArrayList<>();
    for (Json one : golden.member(name).map(JsonArray.class::cast).orElse(JsonArray.empty())) {
      JsonObject p = (JsonObject) one;
      present.add(new ServerFrames.Present(
          text(p, "session"), text(p, "client"), text(p, "by"), member(p, "data")));
    }
    return present;
  }

  private static Json member(JsonObject object, String name) {
    return object.member(name).orElseThrow();
  }

  private static String text(JsonObject object, String name) {
    return ((JsonString) member(object, name)).value();
  }

  private static String optional(JsonObject object, String name) {
    return object.has(name) ? text(object, name) : "";
  }

  private static long number(JsonObject object, String name) {
    return (long) ((JsonNumber) member(object, name)).value();
  }

  private static EntityId entity(JsonObject golden) {
    return EntityId.parse(text(golden, "entity")).orElseGet(() -> new EntityId("app", "odd"));
  }

  private static Position position(JsonObject golden) {
    return new Position(number(golden, "epoch"), number(golden, "version"));
  }

  private static ErrorCode code(JsonObject golden) {
    return ErrorCode.ofWire(text(golden, "code")).orElseThrow();
  }

  private static Refusal refusal(JsonObject golden) {
    return new Refusal(code(golden), text(golden, "detail"), optional(golden, "pointer"));
  }

  /** A client's frame shown as JSON again. */
  private static final class Shown implements ClientFrame.Handler {
    private JsonObject shown = JsonObject.empty();

    private void put(String name, String value) {
      shown = shown.with(name, JsonString.of(value));
    }

    private void put(String name, long value) {
      shown = shown.with(name, JsonNumber.of((double) value));
    }

    @Override
    public void hello(ClientFrame.Hello frame) {
      put("t", "hello");
      put("client", frame.client());
      frame.token().ifPresent(token -> put("token", token));
    }

    @Override
    public void refresh(ClientFrame.Refresh frame) {
      put("t", "refresh");
      put("token", frame.token());
    }

    @Override
    public void open(ClientFrame.Open frame) {
      put("t", "open");
      put("entity", frame.entity().toString());
      frame.known().ifPresent(known -> put("epoch", known.epoch()));
      frame.known().ifPresent(known -> put("version", known.version()));
      if (frame.presence()) {
        shown = shown.with("presence", io.holdfast.document.JsonBoolean.TRUE);
      }
    }

    @Override
    public void close(ClientFrame.Close frame) {
      put("t", "close");
      put("entity", frame.entity().toString());
    }

    @Override
    public void mutate(ClientFrame.Mutate frame) {
      put("t", "mutate");
      put("entity", frame.entity().toString());
      put("seq", frame.seq());
      put("after", frame.after());
      shown = shown.with("ops", frame.ops());
      Optional.of(frame.ifVersion())
          .filter(v -> v.isPresent())
          .ifPresent(v -> put("if", v.getAsLong()));
    }

    @Override
    public void present(ClientFrame.Present frame) {
      put("t", "present");
      put("entity", frame.entity().toString());
      shown = shown.with("data", frame.data());
    }

    @Override
    public void ping(ClientFrame.Ping frame) {
      put("t", "ping");
      shown = shown.with("n", frame.n());
    }
  }
}
