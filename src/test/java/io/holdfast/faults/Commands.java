package io.holdfast.faults;

import io.holdfast.checker.Sent;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import java.util.Random;

/** What clients want: mostly what is accepted, now and then what must be refused. Not thread-safe. */
final class Commands {
  private final Random random;

  Commands(long seed) {
    this.random = new Random(seed);
  }

  /** A patch, the version it is for, and the one code it may be refused with; empty: it must be accepted. */
  record Wish(long ifVersion, Json ops, String mayFailAs) {}

  /** The first command to any entity. */
  static Wish creation(String entity) {
    StringBuilder members = new StringBuilder("\"n\":0,\"who\":{}");
    if (entity.equals(Plan.LARGE)) {
      for (int i = 0; i < Plan.LARGE_MEMBERS; i++) {
        members.append(",\"m%d\":\"%s\"".formatted(i, "-".repeat(Plan.LARGE_MEMBER_CHARS)));
      }
    }
    return any("{\"op\":\"add\",\"path\":\"\",\"value\":{%s}}", members);
  }

  Wish next(String entity, String client) {
    int what = random.nextInt(60);
    if (entity.equals(Plan.LARGE)) {
      char letter = (char) ('a' + random.nextInt(26));
      return any(
          "{\"op\":\"replace\",\"path\":\"/m%d\",\"value\":\"%s\"}",
          random.nextInt(Plan.LARGE_MEMBERS),
          String.valueOf(letter).repeat(Plan.LARGE_MEMBER_CHARS));
    }
    return switch (what) {
      case 0 -> failing("test-failed", "{\"op\":\"test\",\"path\":\"/n\",\"value\":-1}");
      case 1 -> failing("no-such-path", "{\"op\":\"remove\",\"path\":\"/nowhere\"}");
      case 2 -> new Wish(
          1 + random.nextInt(50),
          json("[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]"),
          "version-mismatch");
      case 3 -> any("{\"op\":\"merge\",\"path\":\"/who\",\"value\":{\"%s\":null}}", client);
      default -> any(
          "{\"op\":\"inc\",\"path\":\"/n\",\"value\":1},{\"op\":\"add\",\"path\":\"/who/%s\",\"value\":%d}",
          client, random.nextInt(1_000_000));
    };
  }

  private static Wish any(String ops, Object... values) {
    return new Wish(Sent.ANY, json("[" + ops.formatted(values) + "]"), "");
  }

  private static Wish failing(String code, String ops) {
    return new Wish(Sent.ANY, json("[" + ops + "]"), code);
  }

  static Json json(String text) {
    try {
      return JsonReader.read(text);
    } catch (JsonRefused refused) {
      throw new AssertionError(text, refused);
    }
  }
}
