package io.holdfast.entity;

import static io.holdfast.entity.Given.openKind;
import static io.holdfast.entity.Given.proposal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.document.JsonNull;
import io.holdfast.protocol.EntityId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is in databases already must stay readable: the bytes under journal/v1 are never edited. */
class StoredFormsTest {
  private static final Path V1 = Path.of("src/test/resources/journal/v1");
  private static final EntityId ENTITY = new EntityId("note", "a");

  private static List<EntityEvent> events() {
    Admission admission = new Admission(openKind(), "a");
    State start = State.start(ENTITY, JsonNull.NULL);
    return admission
        .judge(
            start,
            List.of(
                proposal(
                    "c",
                    1,
                    0,
                    "[{\"op\":\"add\",\"path\":\"\",\"value\":{\"n\":0,\"ü\":[true,null,1.5]}}]"),
                proposal("c", 2, 1, "[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]")))
        .events();
  }

  private static State fold(List<EntityEvent> events) {
    State state = State.start(ENTITY, JsonNull.NULL);
    for (EntityEvent event : events) {
      state = event.applyTo(state);
    }
    return state;
  }

  private static byte[] encoded(EntityEvent event) {
    return EventCodec.encode((EntityEvent.Patched) event);
  }

  private static byte[] golden(String name) throws IOException {
    return HexFormat.of().parseHex(Files.readString(V1.resolve(name)).strip());
  }

  @Test
  void eventsAreWrittenAsEver() throws IOException {
    assertThat(encoded(events().get(0))).isEqualTo(golden("event-1.hex"));
    assertThat(encoded(events().get(1))).isEqualTo(golden("event-2.hex"));
  }

  @Test
  void snapshotsAreWrittenAsEver() throws IOException {
    assertThat(SnapshotCodec.encode(fold(events()))).isEqualTo(golden("snapshot-2.hex"));
  }

  @Test
  void theOldestBytesStillReplayToTheSameState() throws IOException {
    State replayed = fold(List.of(
        EventCodec.decode(golden("event-1.hex")), EventCodec.decode(golden("event-2.hex"))));

    assertThat(replayed.document()).isEqualTo(fold(events()).document());
    assertThat(replayed.chain()).isEqualTo(fold(events()).chain());
  }

  @Test
  void theOldestSnapshotStillReads() throws IOException {
    State state = SnapshotCodec.decode(golden("snapshot-2.hex"));

    assertThat(state.chain()).isEqualTo(fold(events()).chain());
    assertThat(state.document()).isEqualTo(fold(events()).document());
    assertThat(state.clients().last("c")).contains(new Clients.Last(2, 2, 1_000_002));
  }

  @Property(tries = 300)
  void anyFlippedBitOfAnEventIsNoticed(
      @ForAll @IntRange(max = 10_000) int at, @ForAll @IntRange(max = 7) int bit) {
    byte[] stored = encoded(events().get(0));
    stored[at % stored.length] ^= (byte) (1 << bit);

    assertThatThrownBy(() -> fold(List.of(EventCodec.decode(stored))))
        .isInstanceOf(ChainBroken.class);
  }

  @Property(tries = 300)
  void anyFlippedBitOfASnapshotIsNoticed(
      @ForAll @IntRange(max = 10_000) int at, @ForAll @IntRange(max = 7) int bit) {
    byte[] stored = SnapshotCodec.encode(fold(events()));
    stored[at % stored.length] ^= (byte) (1 << bit);

    assertThatThrownBy(() -> SnapshotCodec.decode(stored)).isInstanceOf(ChainBroken.class);
  }

  @Test
  void aMissingAMovedAndAForeignEventBreakTheChain() {
    EntityEvent first = EventCodec.decode(encoded(events().get(0)));
    EntityEvent second = EventCodec.decode(encoded(events().get(1)));
    State other = State.start(new EntityId("note", "b"), JsonNull.NULL);

    assertThatThrownBy(() -> fold(List.of(second)))
        .isInstanceOf(ChainBroken.class)
        .hasMessageContaining("sequence number");
    assertThatThrownBy(() -> fold(List.of(first, first))).isInstanceOf(ChainBroken.class);
    assertThatThrownBy(() -> first.applyTo(other))
        .isInstanceOf(ChainBroken.class)
        .hasMessageContaining("previous hash");
  }

  @Test
  void truncatedBytesAreNoEvent() {
    byte[] stored = encoded(events().get(0));

    for (int length = 0; length < stored.length; length++) {
      byte[] part = java.util.Arrays.copyOf(stored, length);
      assertThatThrownBy(() -> EventCodec.decode(part)).isInstanceOf(ChainBroken.class);
    }
  }
}
