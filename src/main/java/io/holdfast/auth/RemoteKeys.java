package io.holdfast.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The public keys behind a JWKS URL (RFC 7517). Kept for ten minutes, and through an outage for a day; a key nobody knows makes it
 * look again, but at most once a minute however many tokens name one.
 */
final class RemoteKeys implements SigningKeys {
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration USABLE = Duration.ofHours(24);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration PAUSE_WITHOUT_KEYS = Duration.ofSeconds(5);
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_CANDIDATES = 16;

  private record Loaded(JWKSet keys, Instant at) {}

  private final KeySetFetch source;
  private final Clock clock;
  private Optional<Loaded> loaded = Optional.empty();
  private Optional<Instant> lastAttempt = Optional.empty();
  private CompletableFuture<Void> attempt = CompletableFuture.completedFuture(null);

  RemoteKeys(KeySetFetch source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Set<JWSAlgorithm> algorithms() {
    return Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);
  }

  @Override
  public CompletionStage<List<JWK>> forHeader(JWSHeader header) {
    List<JWK> known = known(header);
    if (!known.isEmpty() && isLoaded(FRESH)) {
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<Void> refreshed = refresh();
    return known.isEmpty()
        ? refreshed.thenCompose(done -> again(header))
        : CompletableFuture.completedFuture(known);
  }

  @Override
  public String mode() {
    return "jwks";
  }

  @Override
  public void close() {
    source.close();
  }

  private CompletionStage<List<JWK>> again(JWSHeader header) {
    return isLoaded(USABLE)
        ? CompletableFuture.completedFuture(known(header))
        : CompletableFuture.failedFuture(
            TokenRefused.forNow("keys: not to be had (expected: the key set's server to answer)"));
  }

  private synchronized List<JWK> known(JWSHeader header) {
    if (!isLoaded(USABLE)) {
      return List.of();
    }
    List<JWK> matching = new JWKSelector(JWKMatcher.forJWSHeader(header))
        .select(loaded.orElseThrow().keys());
    return matching.stream().filter(RemoteKeys::isUsable).limit(MOST_CANDIDATES).toList();
  }

  private synchronized boolean isLoaded(Duration within) {
    return loaded.isPresent() && age(loaded.get().at()).compareTo(within) < 0;
  }

  /** The attempt under way, or a new one unless the last is too recent; it never fails. */
  private synchronized CompletableFuture<Void> refresh() {
    if (!attempt.isDone() || isPausing()) {
      return attempt;
    }
    lastAttempt = Optional.of(clock.instant());
    attempt = CompletableFuture.completedFuture(null)
        .thenCompose(start -> source.fetch())
        .thenAccept(this::accept)
        .exceptionally(failure -> null);
    return attempt;
  }

  private synchronized void accept(JWKSet keys) {
    loaded = Optional.of(new Loaded(keys, clock.instant()));
  }

  private boolean isPausing() {
    Duration pause = isLoaded(USABLE) ? PAUSE : PAUSE_WITHOUT_KEYS;
    Duration since = lastAttempt.map(this::age).orElse(pause);
    boolean clockWasSetBack = since.isNegative();
    return !clockWasSetBack && since.compareTo(pause) < 0;
  }

  private Duration age(Instant since) {
    return Duration.between(since, clock.instant());
  }

  private static boolean isUsable(JWK key) {
    if (key instanceof RSAKey rsa) {
      return rsa.size() >= LEAST_RSA_BITS;
    }
    if (key instanceof ECKey ec) {
      return Curve.P_256.equals(ec.getCurve());
    }
    return key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve());
  }
}
