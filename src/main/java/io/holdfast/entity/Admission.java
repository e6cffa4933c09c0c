package io.holdfast.entity;

import io.holdfast.auth.Denied;
import io.holdfast.auth.Right;
import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.PatchRefused;
import io.holdfast.kind.Kind;
import io.holdfast.kind.Violation;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides commands, each on the state the ones before it leave. In this order, the first failing gives the answer: duplicate,
 * order, rate, access, precondition, ops, size and depth, schema. What comes faster than the rate is not decided: sent again, it
 * is judged again, and those behind it wait for it.
 */
final class Admission {
  private final EntityKind kind;
  private final String id;
  private final FairRate rate;
  private final Decisions decisions = new Decisions();

  Admission(EntityKind kind, String id) {
    this.kind = kind;
    this.id = id;
    this.rate = new FairRate(kind.kind().limits().commandsPerSecond());
  }

  /** The events to persist and one verdict for each proposal, in their order. */
  record Result(List<EntityEvent> events, List<Change> changes, List<Verdict> verdicts) {}

  Result judge(State before, List<Proposal> proposals) {
    Session session = new Session(before, proposals.size());
    proposals.forEach(session::judge);
    return new Result(session.events, session.changes, session.verdicts);
  }

  /** Why a proposal was refused, on the way out of the checks. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Refusal why;

    Refused(Refusal why) {
      super(why.detail(), null, false, false);
      this.why = why;
    }
  }

  /** One batch. */
  private final class Session {
    private final List<EntityEvent> events;
    private final List<Change> changes;
    private final List<Verdict> verdicts;
    private State state;

    Session(State state, int size) {
      this.state = state;
      this.events = new ArrayList<>(size);
      this.changes = new ArrayList<>(size);
      this.verdicts = new ArrayList<>(size);
    }

    void judge(Proposal proposal) {
      Optional<Verdict> early = outOfTurn(proposal).or(() -> tooFast(proposal));
      if (early.isPresent()) {
        verdicts.add(early.get());
        return;
      }
      Verdict verdict = decide(proposal);
      decisions.record(proposal, verdict);
      verdicts.add(verdict);
    }

    private Optional<Verdict> outOfTurn(Proposal proposal) {
      if (proposal.seq() == 0) {
        return Optional.empty();
      }
      long last = decisions.last(state, proposal.client());
      if (proposal.seq() <= last) {
        return Optional.of(repeated(proposal));
      }
      if (last == 0 && state.clients().forgot() && proposal.seq() > 1) {
        String detail = "client: not heard of for long (expected: a new client id, from seq 1 on)";
        return Optional.of(
            new Verdict.Refused(Refusal.of(ErrorCode.EXPIRED_CLIENT, detail), state.version()));
      }
      return proposal.after() > last ? Optional.of(new Verdict.Gap(last)) : Optional.empty();
    }

    private Optional<Verdict> tooFast(Proposal proposal) {
      if (rate.take(proposal.principal().subject(), proposal.at())) {
        return Optional.empty();
      }
      int most = kind.kind().limits().commandsPerSecond();
      String detail = "commands per second: more than %d (expected: ≤ %d)".formatted(most, most);
      return Optional.of(new Verdict.Undecided(Refusal.of(ErrorCode.OVERLOADED, detail)));
    }

    private Verdict repeated(Proposal proposal) {
      Optional<Verdict> remembered = decisions.verdict(proposal.client(), proposal.seq());
      if (remembered.isPresent()) {
        return remembered.get() instanceof Verdict.Accepted a
            ? new Verdict.Accepted(a.version(), true)
            : remembered.get();
      }
      Optional<Clients.Last> last = state.clients().last(proposal.client());
      if (last.isPresent() && last.get().seq() == proposal.seq()) {
        return new Verdict.Accepted(last.get().version(), true);
      }
      return new Verdict.DecidedBefore(last.map(Clients.Last::version).orElse(state.version()));
    }

    private Verdict decide(Proposal proposal) {
      try {
        Json after = result(proposal);
        accept(proposal, after);
        return new Verdict.Accepted(state.version(), false);
      } catch (Refused refused) {
        return new Verdict.Refused(refused.why, state.version());
      }
    }

    private Json result(Proposal proposal) throws Refused {
      if (proposal.unfit().isPresent()) {
        throw new Refused(proposal.unfit().get());
      }
      checkMayTouch(proposal);
      checkVersion(proposal);
      Json before = state.base();
      Json after = applied(proposal, before);
      checkEffect(proposal, before, after);
      checkSize(after);
      checkSchema(before, after);
      return after;
    }

    /** Before anything of the document can show in an answer: may this principal change it at all? */
    private void checkMayTouch(Proposal proposal) throws Refused {
      boolean may = state.exists()
          ? allows(proposal, Right.WRITE) || allows(proposal, Right.DELETE)
          : allows(proposal, Right.CREATE);
      if (!may) {
        String missing = state.exists() ? "write" : "create";
        throw refused(
            ErrorCode.FORBIDDEN,
            "access: %s may not %s %s (expected: a right the kind gives)"
                .formatted(
                    proposal.principal().subject(), missing, state.chain().entity()));
      }
    }

    private boolean allows(Proposal proposal, Right right) {
      return kind.access().allows(right, proposal.principal(), id, state.document());
    }

    private void checkVersion(Proposal proposal) throws Refused {
      if (proposal.ifVersion().isPresent() && proposal.ifVersion().getAsLong() != state.version()) {
        throw refused(
            ErrorCode.VERSION_MISMATCH,
            "version: %d (expected: %d, as the command says)"
                .formatted(state.version(), proposal.ifVersion().getAsLong()));
      }
    }

    private Json applied(Proposal proposal, Json before) throws Refused {
      try {
        return proposal.patch().applyTo(before);
      } catch (PatchRefused why) {
        throw new Refused(Refusal.of(why));
      }
    }

    private void checkEffect(Proposal proposal, Json before, Json after) throws Refused {
      long version = state.exists() ? state.version() : 0;
      Optional<Denied> denied =
          kind.access().judge(proposal.principal(), id, version, before, after);
      if (denied.isPresent()) {
        throw new Refused(
            new Refusal(ErrorCode.FORBIDDEN, denied.get().detail(), denied.get().pointer()));
      }
    }

    private void checkSize(Json after) throws Refused {
      Kind definition = kind.kind();
      if (after.encodedBytes() > definition.limits().bytes()) {
        throw refused(
            ErrorCode.LIMIT,
            "document: %d bytes (expected: ≤ %d)"
                .formatted(after.encodedBytes(), definition.limits().bytes()));
      }
      if (after.depth() > definition.limits().depth()) {
        throw refused(
            ErrorCode.TOO_DEEP,
            "document: %d levels deep (expected: ≤ %d)"
                .formatted(after.depth(), definition.limits().depth()));
      }
    }

    private void checkSchema(Json before, Json after) throws Refused {
      if (kind.kind().schema().isEmpty() || after == JsonNull.NULL) {
        return;
      }
      var schema = kind.kind().schema().get();
      Optional<Violation> violation =
          state.exists() ? schema.check(before, after) : schema.check(after);
      if (violation.isPresent()) {
        throw new Refused(new Refusal(
            ErrorCode.INVALID, violation.get().detail(), violation.get().pointer()));
      }
    }

    private void accept(Proposal proposal, Json after) {
      long at = Math.max(proposal.at(), state.updated());
      long epoch = state.chain().epoch() == 0 ? at : state.chain().epoch();
      ChangeMeta meta = new ChangeMeta(
          state.version() + 1,
          proposal.client(),
          proposal.seq(),
          proposal.principal().subject(),
          at);
      Change change = new Change(
          meta, proposal.patch(), JsonWriter.canonical(proposal.patch().toJson()));
      byte[] body = EventCodec.body(meta, change.ops());
      Link link = state.chain().next(epoch, body);
      state = state.advance(link, meta, after);
      events.add(EntityEvent.Patched.decided(link, change, body, state));
      changes.add(change);
    }

    private Refused refused(ErrorCode code, String detail) {
      return new Refused(Refusal.of(code, detail));
    }
  }
}
