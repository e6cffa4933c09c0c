package io.holdfast.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.holdfast.auth.Principal;
import io.holdfast.auth.Right;
import io.holdfast.document.Op;
import io.holdfast.document.Patch;
import io.holdfast.document.Pointer;
import io.holdfast.entity.Proposal;
import io.holdfast.entity.Verdict;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import io.holdfast.replica.Pending;
import io.holdfast.replica.Published;
import io.holdfast.replica.Replica;
import io.holdfast.replica.Replicas;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code PATCH}, {@code PUT} and {@code DELETE} of {@code /v1/state/{kind}/{id}}: one command each. */
final class StateWrites {
  private static final int MAX_KEY = 255;
  private static final String UNNUMBERED = "http";

  private final Calls calls;
  private final Bodies bodies;

  StateWrites(Calls calls, Bodies bodies) {
    this.calls = calls;
    this.bodies = bodies;
  }

  CompletionStage<HttpResponse> patch(HttpRequest request, EntityId entity) {
    return bodies
        .json(request)
        .thenCompose(body -> command(request, entity, Bodies.patch(request, body)));
  }

  CompletionStage<HttpResponse> put(HttpRequest request, EntityId entity) {
    return bodies
        .json(request)
        .thenCompose(
            body -> command(request, entity, new Patch(List.of(new Op.Add(Pointer.root(), body)))));
  }

  CompletionStage<HttpResponse> delete(HttpRequest request, EntityId entity) {
    return command(request, entity, new Patch(List.of(new Op.Remove(Pointer.root()))));
  }

  private CompletionStage<HttpResponse> command(HttpRequest request, EntityId entity, Patch patch) {
    return calls.principal(request).thenCompose(who -> calls
        .published(entity, 0)
        .thenCompose(found -> submit(request, entity, who, found, patch)));
  }

  private CompletionStage<HttpResponse> submit(
      HttpRequest request, EntityId entity, Principal who, Published found, Patch patch) {
    Optional<String> key = Replies.header(request, "Idempotency-Key");
    if (deletes(patch) && key.isEmpty()) {
      calls.check(Right.READ, who, entity, found.document());
      Calls.checkExists(entity, found.at().version(), found.document());
    }
    OptionalLong ifVersion = condition(request, found, key.isPresent());
    Proposal proposal = proposal(key, who, ifVersion, patch);
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    Pending pending = new Pending(proposal, verdict::complete, System.nanoTime());
    calls.node().replicas().tell(new Replicas.To(entity, new Replica.Propose(pending)));
    return verdict.thenCompose(outcome -> reply(entity, outcome, who));
  }

  private static boolean deletes(Patch patch) {
    return patch.ops().size() == 1
        && patch.ops().get(0) instanceof Op.Remove remove
        && remove.path().tokens().isEmpty();
  }

  private static OptionalLong condition(HttpRequest request, Published found, boolean repeatable) {
    Optional<Position> wanted = Replies.condition(request);
    if (wanted.isPresent()) {
      if (wanted.get().epoch() != found.at().epoch()) {
        throw mismatch(found, wanted.get().toString());
      }
      return OptionalLong.of(wanted.get().version());
    }
    if (!Replies.wantsToCreate(request)) {
      return OptionalLong.empty();
    }
    boolean exists =
        found.at().version() > 0 && found.document() != io.holdfast.document.JsonNull.NULL;
    if (exists && !repeatable) {
      throw mismatch(found, "none, as If-None-Match says");
    }
    return OptionalLong.of(exists ? 0 : found.at().version());
  }

  private static Problem mismatch(Published found, String wanted) {
    return Problem.of(
        ErrorCode.VERSION_MISMATCH, "version: %s (expected: %s)".formatted(found.at(), wanted));
  }

  private Proposal proposal(
      Optional<String> key, Principal who, OptionalLong ifVersion, Patch patch) {
    long at = calls.node().clock().millis();
    if (key.isEmpty()) {
      return Proposal.of(UNNUMBERED, 0, 0, ifVersion, who, at, patch);
    }
    if (key.get().isBlank() || key.get().length() > MAX_KEY) {
      throw Problem.of(
          ErrorCode.BAD_FRAME,
          "Idempotency-Key: %d characters (expected: 1–255)".formatted(key.get().length()));
    }
    return Proposal.of(client(who, key.get()), 1, 0, ifVersion, who, at, patch);
  }

  /** Each key is a client of its own with one command, so the entity recognizes a repeat. */
  private static String client(Principal who, String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(who.subject().getBytes(StandardCharsets.UTF_8));
      byte[] digest = sha.digest(("\0" + key).getBytes(StandardCharsets.UTF_8));
      return "key-" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256: every Java platform has it", impossible);
    }
  }

  private CompletionStage<HttpResponse> reply(EntityId entity, Verdict verdict, Principal who) {
    if (verdict instanceof Verdict.Accepted accepted) {
      return calls
          .published(entity, accepted.version())
          .thenApply(found -> Replies.accepted(found.at(), accepted.version()));
    }
    throw Problem.of(refusal(verdict, who));
  }

  private static Refusal refusal(Verdict verdict, Principal who) {
    if (verdict instanceof Verdict.Refused refused) {
      boolean mustLogIn = refused.why().code() == ErrorCode.FORBIDDEN && who.isAnonymous();
      return mustLogIn
          ? Refusal.of(ErrorCode.UNAUTHENTICATED, refused.why().detail())
          : refused.why();
    }
    if (verdict instanceof Verdict.Undecided undecided) {
      return undecided.why();
    }
    return Refusal.of(ErrorCode.GAP, "command: out of turn (expected: a new Idempotency-Key)");
  }
}
