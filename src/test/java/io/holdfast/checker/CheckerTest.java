package io.holdfast.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What happened in a good world is found good, and each sort of lie planted in it is found. */
class CheckerTest {
  private static final int TRIES = 40;
  private static final String ENTITY = "note/a";

  private static List<Breach> breaches(Draft draft) {
    return Checker.check(draft.history()).stream().map(Finding::breach).toList();
  }

  @Property(tries = 300)
  void findsNothingWhereAllPromisesHold(@ForAll long seed) {
    assertThat(Checker.check(World.history(seed).history())).isEmpty();
  }

  @Property(tries = TRIES)
  void findsALostTailByWhatWasAcknowledged(@ForAll long seed) {
    Draft draft = World.history(seed);
    Receipt receipt = Draft.last(draft.receipts, r -> r.accepted() && isLast(draft, r));
    draft.events(receipt.command().entity()).remove((int) receipt.version() - 1);

    assertThat(breaches(draft)).contains(Breach.ACKNOWLEDGED_MISSING, Breach.SEEN_BUT_NOT_STORED);
  }

  private static boolean isLast(Draft draft, Receipt receipt) {
    return draft.events(receipt.command().entity()).size() == receipt.version();
  }

  @Property(tries = TRIES)
  void findsAnAcknowledgementAtAnotherVersion(@ForAll long seed) {
    Draft draft = World.history(seed);
    Receipt told = draft.anAcceptedReceipt();
    draft.receipts.remove(told);
    draft.receipts.add(new Receipt(told.at(), told.command(), true, told.version() + 1, ""));

    assertThat(breaches(draft)).contains(Breach.ACKNOWLEDGED_ELSEWHERE);
  }

  @Property(tries = TRIES)
  void findsARefusedCommandInTheJournal(@ForAll long seed) {
    Draft draft = World.history(seed);
    Receipt told = draft.anAcceptedReceipt();
    draft.receipts.replaceAll(
        r -> r == told ? new Receipt(r.at(), r.command(), false, 1, "test-failed") : r);

    assertThat(breaches(draft)).contains(Breach.REFUSED_YET_STORED);
  }

  @Property(tries = TRIES)
  void findsACommandThatNobodySent(@ForAll long seed) {
    Draft draft = World.history(seed);
    append(draft, "stranger", 1);

    assertThat(breaches(draft)).contains(Breach.NEVER_SENT);
  }

  private static void append(Draft draft, String client, long seq) {
    List<Forge.Event> events = draft.events(ENTITY);
    Forge.Event last = events.get(events.size() - 1);
    events.add(new Forge.Event(client, seq, last.by(), last.at(), inc(1), last.writer()));
  }

  private static Json inc(int value) {
    return World.parse("[{\"op\":\"inc\",\"path\":\"/n\",\"value\":%d}]".formatted(value));
  }

  @Property(tries = TRIES)
  void findsACommandStoredOtherwiseThanSent(@ForAll long seed) {
    Draft draft = World.history(seed);
    List<Forge.Event> events = draft.events(ENTITY);
    Forge.Event last = events.remove(events.size() - 1);
    events.add(
        new Forge.Event(last.client(), last.seq(), last.by(), last.at(), inc(2), last.writer()));

    assertThat(breaches(draft)).contains(Breach.NOT_AS_SENT);
  }

  @Property(tries = TRIES)
  void findsACommandAppliedTwice(@ForAll long seed) {
    Draft draft = World.history(seed);
    Forge.Event first = draft.events(ENTITY).get(1);
    append(draft, first.client(), first.seq());

    assertThat(breaches(draft)).contains(Breach.APPLIED_TWICE);
  }

  @Property(tries = TRIES)
  void findsAClientsCommandsInAnotherOrder(@ForAll long seed) {
    Draft draft = World.history(seed);
    List<Forge.Event> events = draft.events(ENTITY);
    int one = twoOfOneClient(events);
    int other = nextOfThatClient(events, one);
    Collections.swap(events, one, other);

    assertThat(breaches(draft)).contains(Breach.REORDERED);
  }

  private static int twoOfOneClient(List<Forge.Event> events) {
    int one = 1;
    while (nextOfThatClient(events, one) < 0) {
      one++;
    }
    return one;
  }

  private static int nextOfThatClient(List<Forge.Event> events, int one) {
    for (int i = one + 1; i < events.size(); i++) {
      if (events.get(i).client().equals(events.get(one).client())) {
        return i;
      }
    }
    return -1;
  }

  @Property(tries = TRIES)
  void findsAHole(@ForAll long seed) {
    Draft draft = World.history(seed)
        .tamper(
            rows -> rows.removeIf(row -> row.entity().equals(ENTITY) && row.sequenceNumber() == 2));

    assertThat(breaches(draft)).contains(Breach.HOLE, Breach.CHAIN_BROKEN);
  }

  @Property(tries = TRIES)
  void findsARowMarkedAsDeleted(@ForAll long seed) {
    Draft draft = World.history(seed)
        .tamper(rows -> rows.replaceAll(row -> row.sequenceNumber() == 2
            ? new JournalRow(row.entity(), 2, true, row.writer(), row.payload())
            : row));

    assertThat(breaches(draft)).contains(Breach.HOLE);
  }

  @Property(tries = TRIES)
  void findsTwoWritersThatTookTurns(@ForAll long seed) {
    Draft draft = World.history(seed);
    List<Forge.Event> events = draft.events(ENTITY);
    for (int i = 0; i < 3; i++) {
      Forge.Event event = events.get(i);
      String writer = i % 2 == 0 ? "left" : "right";
      events.set(
          i,
          new Forge.Event(
              event.client(), event.seq(), event.by(), event.at(), event.ops(), writer));
    }

    assertThat(breaches(draft)).containsOnly(Breach.WRITERS_INTERLEAVED);
  }

  @Property(tries = TRIES)
  void findsAnyFlippedBitOfAnEvent(@ForAll long seed, @ForAll int at) {
    Draft draft = World.history(seed).tamper(rows -> flip(rows.get(1).payload(), at));

    assertThat(breaches(draft)).contains(Breach.CHAIN_BROKEN);
  }

  private static void flip(byte[] payload, int at) {
    int place = Math.floorMod(at, payload.length * 8);
    place = place >= 24 && place < 32 ? 40 : place; // The flags have no meaning yet.
    payload[place / 8] ^= (byte) (1 << (place % 8));
  }

  @Property(tries = TRIES)
  void findsAnEventMovedToAnotherEntity(@ForAll long seed) {
    Draft draft = World.history(seed);
    List<JournalRow> foreign = Forge.rows("note/x", Draft.EPOCH, draft.events(ENTITY));
    draft.tamper(rows -> rows.replaceAll(row -> row.entity().equals(ENTITY)
        ? new JournalRow(
            ENTITY,
            row.sequenceNumber(),
            false,
            row.writer(),
            foreign.get((int) row.sequenceNumber() - 1).payload())
        : row));

    assertThat(breaches(draft)).contains(Breach.CHAIN_BROKEN);
  }

  @Property(tries = TRIES)
  void findsAReadThatIsOlderThanAReceipt(@ForAll long seed) {
    Draft draft = World.history(seed);
    Receipt receipt = Draft.last(draft.receipts, r -> r.accepted() && r.version() > 1);
    String entity = receipt.command().entity();
    long later = receipt.at() + 1;
    draft.reads.add(new Read(later, later, entity, 0, 0, JsonNull.NULL, 0, true));

    assertThat(breaches(draft)).containsOnly(Breach.STALE_READ);
  }

  @Property(tries = TRIES)
  void findsAReadThatIsOlderThanAskedFor(@ForAll long seed) {
    Draft draft = World.history(seed);
    draft.reads.add(new Read(1, 2, ENTITY, 0, 0, JsonNull.NULL, 1, false));

    assertThat(breaches(draft)).containsOnly(Breach.STALE_READ);
  }

  @Property(tries = TRIES)
  void findsACommandOrderedBeforeTheReceiptThatItsSenderKnew(@ForAll long seed) {
    Draft draft = World.history(seed);
    Receipt last = Draft.last(draft.receipts, r -> r.accepted() && r.version() > 1);
    draft.receipts.replaceAll(
        r -> r == last ? new Receipt(0, r.command(), true, r.version(), "") : r);
    draft.receipts.removeIf(
        r -> r.command().entity().equals(last.command().entity()) && r.version() > last.version());

    assertThat(breaches(draft)).contains(Breach.ORDER_AGAINST_TIME);
  }

  @Property(tries = TRIES)
  void findsAConditionThatDidNotCount(@ForAll long seed) {
    Draft draft = World.history(seed);
    CommandId command = draft.anAcceptedReceipt().command();
    draft.sent.replaceAll(
        s -> s.command().equals(command) ? new Sent(s.at(), command, s.after(), 0, s.ops()) : s);

    if (command.seq() > 1) {
      assertThat(breaches(draft)).containsOnly(Breach.CONDITION_IGNORED);
    }
  }

  @Property(tries = TRIES)
  void findsTwoDifferentOutcomes(@ForAll long seed) {
    Draft draft = World.history(seed);
    Receipt told = draft.anAcceptedReceipt();
    draft.receipts.add(new Receipt(told.at(), told.command(), true, told.version() - 1, ""));

    assertThat(breaches(draft)).contains(Breach.TWO_OUTCOMES);
  }

  @Property(tries = TRIES)
  void findsACommandThatNeverGotAnOutcome(@ForAll long seed) {
    Draft draft = World.history(seed);
    draft.receipts.remove(Draft.last(draft.receipts, receipt -> true));

    assertThat(breaches(draft)).containsOnly(Breach.NEVER_DECIDED);
  }

  @Property(tries = TRIES)
  void findsADocumentThatIsNotTheJournals(@ForAll long seed) {
    Draft draft = World.history(seed);
    int at = draft.sight(Sight.State.class, state -> state.version() > 0);
    Sight.State state = (Sight.State) draft.seen.get(at).sight();
    JsonObject other = ((JsonObject) state.doc()).with("n", JsonNumber.of(-1));
    draft.replace(at, new Sight.State(state.epoch(), state.version(), other));

    assertThat(breaches(draft)).containsOnly(Breach.NOT_THE_JOURNALS);
  }

  @Property(tries = TRIES)
  void findsAStateOfAnotherEpoch(@ForAll long seed) {
    Draft draft = World.history(seed);
    int at = draft.sight(Sight.State.class, state -> state.version() > 0);
    Sight.State state = (Sight.State) draft.seen.get(at).sight();
    draft.replace(at, new Sight.State(state.epoch() + 1, state.version(), state.doc()));

    assertThat(breaches(draft)).contains(Breach.NOT_THE_JOURNALS);
  }

  @Property(tries = TRIES)
  void findsAnythingServedOfADamagedEntity(@ForAll long seed) {
    Draft draft = World.history(seed);
    draft.damaged.put(ENTITY, 0L);

    assertThat(breaches(draft)).isNotEmpty().containsOnly(Breach.DAMAGE_SERVED);
  }

  @Property(tries = TRIES)
  void proofsNameWhatTheyProve(@ForAll long seed) {
    Draft draft = World.history(seed);
    Receipt told = draft.anAcceptedReceipt();
    draft.receipts.add(new Receipt(told.at(), told.command(), false, 1, "forbidden"));

    String report = Checker.report(Checker.check(draft.history()), 1);

    assertThat(report)
        .contains("P5 TWO_OUTCOMES: 1", told.command().toString(), "refused(forbidden)");
  }
}
