package io.holdfast.auth;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Development mode: believes every token. {@code alice} is alice, {@code alice#admin,editor} is alice with two roles. */
public final class DevTokens implements TokenVerifier {
  @Override
  public CompletionStage<Principal> verify(Optional<String> token) {
    try {
      return CompletableFuture.completedFuture(
          token.isPresent() ? principal(token.get()) : Principal.anonymous());
    } catch (TokenRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  @Override
  public String mode() {
    return "dev";
  }

  private static Principal principal(String token) throws TokenRefused {
    int hash = token.indexOf('#');
    String subject = Subjects.subject(hash < 0 ? token : token.substring(0, hash));
    Set<String> roles = hash < 0 ? Set.of() : roles(token.substring(hash + 1));
    return new Principal(subject, roles, Optional.empty(), Optional.empty());
  }

  private static Set<String> roles(String text) throws TokenRefused {
    Set<String> roles = new LinkedHashSet<>();
    for (String role : text.split(",", -1)) {
      roles.add(role.strip());
    }
    return Subjects.roles(roles);
  }
}
