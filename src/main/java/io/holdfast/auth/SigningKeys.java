package io.holdfast.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The keys tokens may be signed with. */
interface SigningKeys extends AutoCloseable {
  /** The only algorithms these keys are used with, whatever a token says. */
  Set<JWSAlgorithm> algorithms();

  /** The keys this header can mean; none if there is no such key. Completes with {@link TokenRefused} while keys cannot be had. */
  CompletionStage<List<JWK>> forHeader(JWSHeader header);

  /** {@code secret} or {@code jwks}. */
  String mode();

  @Override
  default void close() {}
}
