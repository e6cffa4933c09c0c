package io.holdfast.replica;

import io.holdfast.protocol.Refusal;
import java.util.Optional;
import java.util.function.Consumer;

/** Who wants to see a replica's document: those who do, newcomers who wait for it, and reads. */
final class Audience {
  private final Observers observers;
  private final Observers newcomers = new Observers();
  private final Observers returning = new Observers();
  private final Readers readers = new Readers();
  private final Consumer<Observation> greet;
  private boolean withheld;

  /** {@code greet} is called for each newcomer that joins {@code observers}. */
  Audience(Observers observers, Consumer<Observation> greet) {
    this.observers = observers;
    this.greet = greet;
  }

  /** How many observe or want to. */
  int size() {
    return observers.size() + newcomers.size() + returning.size();
  }

  boolean isIdle() {
    return size() == 0 && readers.isIdle();
  }

  /** {@code ready} is what may be shown at once. */
  void join(Observation observation, Optional<Published> ready) {
    if (ready.isPresent()) {
      admit(observation);
      observation.publish(ready.get());
    } else {
      newcomers.add(observation);
    }
  }

  /** Comes back with something, and what it misses is being looked for. */
  void comeBack(Observation observation) {
    returning.add(observation);
  }

  /** What those who come back miss was found or not: they are shown the newest next. */
  void endSearch() {
    returning.takeAll().forEach(newcomers::add);
  }

  private void admit(Observation observation) {
    observers.add(observation);
    greet.accept(observation);
  }

  void leave(Observation observation) {
    returning.remove(observation);
    newcomers.remove(observation);
    observers.remove(observation);
  }

  void ask(Replica.Get get) {
    readers.add(get);
  }

  /** Whether somebody waits to be shown something. */
  boolean isWaiting() {
    return newcomers.size() > 0 || !readers.isIdle();
  }

  /** Answers the reads that can be. */
  void serve(Published newest, boolean sure) {
    readers.serve(newest, sure);
  }

  /** Shows everybody the newest; only where the replica is {@code sure} that nothing newer is hidden from it also to newcomers. */
  void show(Published newest, boolean sure) {
    if (sure) {
      withheld = false;
      newcomers.takeAll().forEach(this::admit);
    }
    observers.publish(newest);
    readers.serve(newest, sure);
  }

  /** The same where {@code newest} is what it was: only whoever has not seen it is woken. */
  void confirm(Published newest, boolean sure) {
    if (sure && (withheld || newcomers.size() > 0)) {
      show(newest, true);
    } else {
      readers.serve(newest, sure);
    }
  }

  /** Tells newcomers, and {@code everybody} if so, that the entity does not answer; {@link #show} makes good for it. */
  void withhold(Refusal why, boolean everybody) {
    withheld = true;
    newcomers.withhold(why);
    if (everybody) {
      observers.withhold(why);
    }
  }

  /** Forgets reads whose asker no longer waits. */
  void tick(long now) {
    readers.giveUp(now);
  }

  /** Tells all why there is no more, and forgets them. */
  void end(Refusal why) {
    returning.end(why);
    newcomers.end(why);
    observers.end(why);
    readers.refuse(why);
  }

  /** The replica ends. */
  void lose() {
    returning.lose();
    newcomers.lose();
    observers.lose();
  }
}
