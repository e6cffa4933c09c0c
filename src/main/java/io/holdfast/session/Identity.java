package io.holdfast.session;

import io.holdfast.auth.Principal;
import io.holdfast.auth.Standing;
import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Refusal;
import io.holdfast.replica.Observation;
import io.holdfast.replica.Published;
import io.holdfast.replica.Replica;
import io.holdfast.replica.Replicas;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Who a session is: what its token says, together with what the subject's {@code auth} entity says, as that changes. */
final class Identity {
  private static final String KIND = "auth";
  private static final Duration SKEW = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(100);

  private final Node node;
  private final Consumer<Observation> wake;
  private Optional<Principal> token = Optional.empty();
  private Optional<Observation> standing = Optional.empty();
  private Optional<Rates.Share> share = Optional.empty();
  private Principal effective = Principal.anonymous();
  private boolean revoked;
  private boolean ready;
  private Runnable onReady = () -> {};
  private Runnable onChanged = () -> {};

  Identity(Node node, Consumer<Observation> wake) {
    this.node = node;
    this.wake = wake;
  }

  boolean isKnown() {
    return ready;
  }

  boolean isRevoked() {
    return revoked;
  }

  /** Why the subject's standing cannot be told, or not any more, if so. One that is known stays so while its entity is silent. */
  Optional<Refusal> unknown() {
    return standing.flatMap(own -> ready ? own.ended() : own.ended().or(own::withheld));
  }

  Principal principal() {
    return effective;
  }

  Optional<Rates.Share> share() {
    return share;
  }

  boolean isOwn(Observation observation) {
    return standing.isPresent() && standing.get() == observation;
  }

  /** Takes {@code principal} on; {@code ready} runs once its standing is known, {@code changed} whenever that changes. */
  void become(Principal principal, Runnable readyNow, Runnable changed) {
    token = Optional.of(principal);
    onReady = readyNow;
    onChanged = changed;
    if (!principal.isAnonymous()) {
      share = Optional.of(node.rates().hold(principal.subject()));
    }
    Optional<EntityId> entity = EntityId.of(KIND, principal.subject());
    if (principal.isAnonymous() || entity.isEmpty() || node.catalog().kind(KIND).isEmpty()) {
      settle(JsonNull.NULL);
    } else {
      observe(entity.get());
    }
  }

  private void observe(EntityId entity) {
    Observation observation = new Observation(entity, wake);
    standing = Optional.of(observation);
    node.replicas()
        .tell(new Replicas.To(entity, new Replica.Observe(observation, Optional.empty())));
  }

  /** The subject's {@code auth} entity has news. */
  void heard() {
    Observation observation = standing.orElseThrow();
    if (observation.isLost()) {
      observe(observation.entity());
    } else {
      observation.latest().map(Published::document).ifPresent(this::settle);
    }
  }

  private void settle(Json document) {
    Standing now = Standing.of(document);
    Principal before = effective;
    Principal principal = token.orElseThrow();
    effective = principal.in(now);
    revoked = now.revokes(principal);
    if (!ready) {
      ready = true;
      onReady.run();
    } else if (revoked || !before.equals(effective)) {
      onChanged.run();
    }
  }

  /** A newer token of the same subject. */
  void refresh(Principal principal) {
    token = Optional.of(principal);
    Json document =
        standing.flatMap(Observation::latest).<Json>map(Published::document).orElse(JsonNull.NULL);
    Standing now = Standing.of(document);
    effective = principal.in(now);
    revoked = now.revokes(principal);
  }

  /** How long the token is good for; at most what a timer can wait. */
  Duration timeLeft() {
    Duration left = token
        .flatMap(Principal::expiresAt)
        .map(at -> Duration.between(node.clock().instant(), at).plus(SKEW))
        .orElse(LONGEST);
    return left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST) > 0 ? LONGEST : left;
  }

  void release() {
    standing.ifPresent(observation -> node.replicas()
        .tell(new Replicas.To(observation.entity(), new Replica.Unobserve(observation, ""))));
    share.ifPresent(held -> node.rates().release(effective.subject()));
  }
}
