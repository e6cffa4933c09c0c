package io.holdfast.auth;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Tells from a token who is asking. Safe for any thread; never blocks the caller. */
public interface TokenVerifier extends AutoCloseable {
  /** The principal; completes with {@link TokenRefused} if the token does not count. No token: anonymous. */
  CompletionStage<Principal> verify(Optional<String> token);

  /** How tokens are told: {@code dev}, {@code secret} or {@code jwks}. */
  String mode();

  /** Stops what fetches keys, if anything does. */
  @Override
  default void close() {}
}
