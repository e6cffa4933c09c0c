package io.holdfast.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One secret, for HS256 only. */
final class SharedSecret implements SigningKeys {
  private final List<JWK> key;

  SharedSecret(byte[] secret) {
    this.key = List.of(new OctetSequenceKey.Builder(secret).build());
  }

  @Override
  public Set<JWSAlgorithm> algorithms() {
    return Set.of(JWSAlgorithm.HS256);
  }

  @Override
  public CompletionStage<List<JWK>> forHeader(JWSHeader header) {
    return CompletableFuture.completedFuture(key);
  }

  @Override
  public String mode() {
    return "secret";
  }
}
