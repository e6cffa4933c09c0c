package io.holdfast.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.JsonNull;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Lies about what an observer saw. */
class ObserverTest {
  private static final int TRIES = 40;

  private static List<Breach> breaches(Draft draft) {
    return Checker.check(draft.history()).stream().map(Finding::breach).toList();
  }

  /** A change that another one follows in the same observation. */
  private static int aChangeBeforeAnother(Draft draft) {
    return draft.sight(Sight.Changed.class, changed -> followed(draft, changed));
  }

  private static boolean followed(Draft draft, Sight.Changed changed) {
    int at = draft.sight(Sight.Changed.class, other -> other == changed);
    int next = draft.next(at);
    return next >= 0 && draft.seen.get(next).sight() instanceof Sight.Changed;
  }

  @Property(tries = TRIES)
  void findsAChangeSeenTwice(@ForAll long seed) {
    Draft draft = World.history(seed);
    int at = aChangeBeforeAnother(draft);
    draft.seen.add(at + 1, draft.seen.get(at));

    assertThat(breaches(draft)).containsOnly(Breach.SEEN_TWICE);
  }

  @Property(tries = TRIES)
  void findsChangesOutOfOrder(@ForAll long seed) {
    Draft draft = World.history(seed);
    int at = aChangeBeforeAnother(draft);
    Collections.swap(draft.seen, at, draft.next(at));

    assertThat(breaches(draft)).containsOnly(Breach.OUT_OF_ORDER);
  }

  @Property(tries = TRIES)
  void findsASilentHole(@ForAll long seed) {
    Draft draft = World.history(seed);
    draft.seen.remove(aChangeBeforeAnother(draft));

    assertThat(breaches(draft)).containsOnly(Breach.SILENT_HOLE);
  }

  @Property(tries = TRIES)
  void findsACurrentThatIsNot(@ForAll long seed) {
    Draft draft = World.history(seed);
    String entity = "note/a";
    draft.seen.add(new Seen(1, "liar", entity, new Sight.Opened(Draft.EPOCH, 1)));
    draft.seen.add(new Seen(2, "liar", entity, new Sight.Current(Draft.EPOCH, 2)));

    assertThat(breaches(draft)).containsOnly(Breach.SILENT_HOLE);
  }

  @Property(tries = TRIES)
  void findsAnObserverLeftBehind(@ForAll long seed) {
    Draft draft = World.history(seed);
    int last = draft.sight(Sight.Changed.class, changed -> true);
    draft.seen.remove(last);

    assertThat(breaches(draft)).containsOnly(Breach.LEFT_BEHIND);
  }

  @Property(tries = TRIES)
  void findsOpsThatAreNotTheJournals(@ForAll long seed) {
    Draft draft = World.history(seed);
    int at = draft.sight(Sight.Changed.class, changed -> true);
    Sight.Changed told = (Sight.Changed) draft.seen.get(at).sight();
    var ops = World.parse("[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1000}]");
    draft.replace(at, new Sight.Changed(told.from(), told.version(), ops, told.changes()));

    assertThat(breaches(draft)).containsOnly(Breach.OPS_NOT_THE_JOURNALS);
  }

  @Property(tries = TRIES)
  void findsAChangeGivenToAnotherAuthor(@ForAll long seed) {
    Draft draft = World.history(seed);
    int at = draft.sight(Sight.Changed.class, changed -> true);
    Sight.Changed told = (Sight.Changed) draft.seen.get(at).sight();
    List<Sight.Line> lines = new ArrayList<>(told.changes());
    lines.replaceAll(l -> new Sight.Line(l.version(), "thief", l.seq(), l.by(), l.at()));
    draft.replace(at, new Sight.Changed(told.from(), told.version(), told.ops(), lines));

    assertThat(breaches(draft)).containsOnly(Breach.OPS_NOT_THE_JOURNALS);
  }

  @Property(tries = TRIES)
  void findsAVersionThatIsNotInTheJournal(@ForAll long seed) {
    Draft draft = World.history(seed);
    int at = draft.sight(Sight.State.class, state -> true);
    Sight.State state = (Sight.State) draft.seen.get(at).sight();
    draft.replace(at, new Sight.State(state.epoch(), 1_000_000, state.doc()));

    assertThat(breaches(draft)).contains(Breach.SEEN_BUT_NOT_STORED);
  }

  @Property(tries = TRIES)
  void findsAStateThatGoesBack(@ForAll long seed) {
    Draft draft = World.history(seed);
    int at = draft.sight(Sight.Changed.class, changed -> true);
    Seen last = draft.seen.get(at);
    draft.seen.add(new Seen(
        last.at(),
        last.connection(),
        last.entity(),
        new Sight.State(Draft.EPOCH, 0, JsonNull.NULL)));

    assertThat(breaches(draft)).contains(Breach.OUT_OF_ORDER);
  }
}
