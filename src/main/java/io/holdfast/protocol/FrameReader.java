package io.holdfast.protocol;

import io.holdfast.document.Json;
import io.holdfast.document.JsonBoolean;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonString;
import io.holdfast.document.Limits;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads what clients send; unknown members are ignored. */
public final class FrameReader {
  private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int MAX_SHOWN = 40;

  /** Longer ones are not said back; no name is nearly as long. */
  private static final int MAX_NAME = 512;

  private final Limits limits;

  public FrameReader(Limits limits) {
    this.limits = limits;
  }

  /** The frame in {@code text[offset, offset + length)}. */
  public ClientFrame read(byte[] text, int offset, int length) throws FrameRefused {
    return new Members(object(text, offset, length)).frame();
  }

  private JsonObject object(byte[] text, int offset, int length) throws FrameRefused {
    try {
      if (JsonReader.read(text, offset, length, limits) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonRefused refused) {
      throw new FrameRefused(Refusal.of(refused), "", "");
    }
    throw new FrameRefused(
        Refusal.of(ErrorCode.BAD_FRAME, "frame: not an object (expected: {\"t\":…})"), "", "");
  }

  /** One frame's members, read by name and sort. */
  private static final class Members {
    private final JsonObject frame;
    private final String t;

    Members(JsonObject frame) throws FrameRefused {
      this.frame = frame;
      Optional<Json> name = frame.member("t");
      if (name.isEmpty() || !(name.get() instanceof JsonString text)) {
        throw new FrameRefused(
            Refusal.of(ErrorCode.BAD_FRAME, "t: missing (expected: the frame's name as a string)"),
            "",
            "");
      }
      this.t = text.value();
    }

    ClientFrame frame() throws FrameRefused {
      return switch (t) {
        case "hello" -> new ClientFrame.Hello(client(), optionalString("token"));
        case "refresh" -> new ClientFrame.Refresh(string("token"));
        case "open" -> new ClientFrame.Open(entity(), known(), flag("presence"));
        case "close" -> new ClientFrame.Close(entity());
        case "mutate" -> new ClientFrame.Mutate(
            entity(), number("seq", 1), number("after", 0), any("ops"), condition());
        case "present" -> new ClientFrame.Present(entity(), any("data"));
        case "ping" -> new ClientFrame.Ping(frame.member("n").orElse(JsonNull.NULL));
        default -> throw unknown();
      };
    }

    private FrameRefused unknown() {
      String shown = t.length() > MAX_SHOWN ? t.substring(0, MAX_SHOWN) + "…" : t;
      String detail = "t: \"%s\" (expected: hello, refresh, open, close, mutate, present or ping)"
          .formatted(shown);
      return new FrameRefused(Refusal.of(ErrorCode.UNKNOWN_FRAME, detail), shown, "");
    }

    private String client() throws FrameRefused {
      String client = string("client");
      if (!CLIENT.matcher(client).matches()) {
        throw bad("client", "1–64 of A–Z a–z 0–9 _ -");
      }
      return client;
    }

    private EntityId entity() throws FrameRefused {
      Optional<EntityId> entity = EntityId.parse(string("entity"));
      if (entity.isEmpty()) {
        String detail =
            "entity: not a name (expected: kind/id, id of 1–120 letters, digits or . _ ~ : -)";
        throw new FrameRefused(Refusal.of(ErrorCode.BAD_ENTITY, detail), t, given());
      }
      return entity.get();
    }

    /** The entity as the client calls it, so that it knows which one is meant, whether it is a name or not. */
    private String given() {
      return frame.member("entity").orElse(JsonNull.NULL) instanceof JsonString text
              && text.value().length() <= MAX_NAME
          ? text.value()
          : "";
    }

    private Optional<Position> known() throws FrameRefused {
      boolean resumes = frame.has("epoch") && frame.has("version");
      return resumes
          ? Optional.of(new Position(number("epoch", 0), number("version", 0)))
          : Optional.empty();
    }

    private OptionalLong condition() throws FrameRefused {
      return frame.has("if") ? OptionalLong.of(number("if", 0)) : OptionalLong.empty();
    }

    private String string(String name) throws FrameRefused {
      return optionalString(name).orElseThrow(() -> bad(name, "a string"));
    }

    private Optional<String> optionalString(String name) throws FrameRefused {
      Optional<Json> value = frame.member(name);
      if (value.isEmpty() || value.get() == JsonNull.NULL) {
        return Optional.empty();
      }
      if (value.get() instanceof JsonString text) {
        return Optional.of(text.value());
      }
      throw bad(name, "a string");
    }

    private boolean flag(String name) throws FrameRefused {
      Optional<Json> value = frame.member(name);
      if (value.isEmpty()) {
        return false;
      }
      if (value.get() instanceof JsonBoolean flag) {
        return flag.value();
      }
      throw bad(name, "true or false");
    }

    private long number(String name, long least) throws FrameRefused {
      Optional<Json> value = frame.member(name);
      if (value.isPresent()
          && value.get() instanceof JsonNumber number
          && number.isSafeInteger()
          && number.value() >= least) {
        return (long) number.value();
      }
      throw bad(name, "an integer ≥ " + least);
    }

    private Json any(String name) throws FrameRefused {
      return frame.member(name).orElseThrow(() -> bad(name, "a value"));
    }

    private FrameRefused bad(String name, String expected) {
      String detail = "%s: %s (expected: %s)"
          .formatted(name, frame.has(name) ? "not acceptable" : "missing", expected);
      return new FrameRefused(new Refusal(ErrorCode.BAD_FRAME, detail, "/" + name), t, given());
    }
  }
}
