package io.holdfast.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Keys;
import io.holdfast.document.Patch;
import io.holdfast.entity.Change;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedTest {
  private static final EntityId ENTITY = new EntityId("note", "a");
  private static final int BUDGET = 64 * 1024;

  private static Json json(String text) {
    try {
      return JsonReader.read(text);
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  private static Published start(String document) {
    return Published.attached(ENTITY, Keys.none(), new Position(7, 10), json(document));
  }

  private static Published then(Published before, String ops, int budget) {
    try {
      Patch patch = Patch.parse(json(ops));
      long version = before.at().version() + 1;
      Change change = new Change(
          new ChangeMeta(version, "c", version, "me", version),
          patch,
          JsonWriter.canonical(patch.toJson()));
      return before.then(7, patch.applyTo(before.document()), List.of(change), budget);
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  private static Published set(Published before, String field, int value, int budget) {
    return then(
        before, "[{\"op\":\"add\",\"path\":\"/" + field + "\",\"value\":" + value + "}]", budget);
  }

  private static JsonObject object(Frame frame) {
    return (JsonObject) json(frame.json());
  }

  private static Json applied(Frame frame, Json to) {
    try {
      return Patch.parse(object(frame).member("ops").orElseThrow()).applyTo(to);
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  @Test
  void oneChangeIsEncodedOnceForEveryone() {
    Published before = start("{}");
    Published after = set(before, "x", 1, BUDGET);

    assertThat(after.since(before)).isSameAs(after.since(before));
    assertThat(object(after.since(before)).member("from")).contains(JsonNumber.of(10));
    assertThat(object(after.since(before)).member("version")).contains(JsonNumber.of(11));
  }

  @Test
  void whoFellBehindGetsOneFrameThatListsEveryChange() {
    Published before = start("{}");
    Published after = set(set(set(before, "x", 1, BUDGET), "y", 2, BUDGET), "x", 3, BUDGET);

    Frame merged = after.since(before);

    assertThat(applied(merged, before.document())).isEqualTo(after.document());
    assertThat((JsonArray) object(merged).member("changes").orElseThrow()).hasSize(3);
  }

  @Test
  void beyondTheRecentChangesABigDocumentIsBroughtUpByItsDifference() {
    Published before = start("{\"big\":\"" + "x".repeat(10_000) + "\"}");
    Published after = before;
    for (int i = 0; i < 50; i++) {
      after = set(after, "n", i, 500);
    }

    Frame frame = after.since(before);

    assertThat(after.reaches(before.at())).isFalse();
    assertThat(frame.replaces()).isFalse();
    assertThat(frame.size()).isLessThan(2000);
    assertThat(applied(frame, before.document())).isEqualTo(after.document());
  }

  @Test
  void beyondTheRecentChangesASmallDocumentIsSentWhole() {
    Published before = start("{}");
    Published after = before;
    for (int i = 0; i < 50; i++) {
      after = set(after, "n", i, 500);
    }

    assertThat(after.since(before).replaces()).isTrue();
    assertThat(after.since(before)).isSameAs(after.state());
  }

  @Test
  void manyChangesThatOutweighTheDocumentAreReplacedByIt() {
    Published before = start("{}");
    Published after = before;
    for (int i = 0; i < 100; i++) {
      after = set(after, "n", i, BUDGET);
    }

    assertThat(after.reaches(before.at())).isTrue();
    assertThat(after.since(before).replaces()).isTrue();
  }

  @Test
  void anotherHistoryIsAlwaysSentWhole() {
    Published other = Published.attached(ENTITY, Keys.none(), new Position(8, 10), json("{}"));

    assertThat(other.since(start("{}")).replaces()).isTrue();
    assertThat(other.reaches(new Position(7, 10))).isFalse();
  }

  @Test
  void recentChangesStayWithinTheirBudget() {
    Published after = start("{}");
    for (int i = 0; i < 2000; i++) {
      after = set(after, "n", i, 4096);
    }

    assertThat(after.recentBytes()).isLessThanOrEqualTo(4096);
    assertThat(after.reaches(new Position(7, after.at().version() - 5))).isTrue();
    assertThat(after.reaches(new Position(7, after.at().version() - 100))).isFalse();
  }

  @Test
  void nobodyIsBroughtBackInTime() {
    Published before = start("{}");
    Published after = set(before, "x", 1, BUDGET);

    assertThat(before.reaches(after.at())).isFalse();
    assertThat(before.since(after).replaces()).isTrue();
  }
}
