package io.holdfast.faults;

import io.holdfast.checker.History;

/** The numbers of a run, for people. */
final class Summary {
  private Summary() {}

  static String of(
      Fault fault,
      long seed,
      Cluster cluster,
      Surroundings around,
      Load load,
      Readers readers,
      History history) {
    Plan plan = load.plan();
    Recorder recorder = around.recorder();
    long[] span = load.span();
    int refused = (int) history.receipts().stream().filter(r -> !r.accepted()).count();
    String setting =
        "fault %s, seed %d, %d node(s): %d sessions, %d entities, one command a session every %d ms"
            .formatted(
                fault.name(),
                seed,
                cluster.size(),
                plan.sessions(),
                plan.allEntities(),
                plan.spacingMs());
    String commands =
        "%.1f s, commands %d (sent %d times), receipts: accepted %d, refused %d; full windows %d; reconnects %d; nodes that ended by themselves %d"
            .formatted(
                (span[1] - span[0]) / 1e9,
                recorder.commands(),
                recorder.sendings(),
                recorder.accepted(),
                refused,
                load.held(),
                around.reconnects().get(),
                cluster.deaths());
    String rest = "observed %d frames, reads %d (and %d without an answer), journal %d events"
        .formatted(
            recorder.sights(),
            recorder.reads(),
            readers.failed(),
            history.journal().size());
    Pauses pauses = Pauses.of(history.sent(), history.receipts(), span[0], span[1]);
    return String.join("\n", setting, commands, rest, "writes: " + pauses);
  }
}
