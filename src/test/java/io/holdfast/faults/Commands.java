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

  /** A patch and the version it is for. */
  record Wish(long ifVersion, Json ops) {}

  /** The first command to any entity. */
  static Json creation(String entity) {
    StringBuilder members = new StringBuilder("\"n\":0,\"who\":{}");
    if (entity.equals(Plan.LARGE)) {
      for (int i = 0; i < Plan.LARGE_MEMBERS; i++) {
        members.append(",\"m%d\":\"%s\"".formatted(i, "-".repeat(Plan.LARGE_MEMBER_CHARS)));
      }
    }
    return json("[{\"op\":\"add\",\"path\":\"\",\"value\":{%s}}]".formatted(members));
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
      case 0 -> any("{\"op\":\"test\",\"path\":\"/n\",\"value\":-1}");
      case 1 -> any("{\"op\":\"remove\",\"path\":\"/nowhere\"}");
      case 2 -> new Wish(
          1 + random.nextInt(50), json("[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]"));
      case 3 -> any("{\"op\":\"merge\",\"path\":\"/who\",\"value\":{\"%s\":null}}", client);
      default -> any(
          "{\"op\":\"inc\",\"path\":\"/n\",\"value\":1},{\"op\":\"add\",\"path\":\"/who/%s\",\"value\":%d}",
          client, random.nextInt(1_000_000));
    };
  }

  private static Wish any(String ops, Object... values) {
    return new Wish(Sent.ANY, json("[" + ops.formatted(values) + "]"));
  }

  static Json json(String text) {
    try {
      return JsonReader.read(text);
    } catch (JsonRefused refused) {
      throw new AssertionError(text, refused);
    }
  }
}
