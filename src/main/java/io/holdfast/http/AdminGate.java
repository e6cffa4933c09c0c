package io.holdfast.http;

import akka.http.javadsl.model.HttpRequest;
import io.holdfast.auth.Principal;
import io.holdfast.protocol.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who may administer a node: whoever reaches a loopback ops port, else subjects with the role {@code admin}. */
public final class AdminGate {
  private static final String ROLE = "admin";

  private final Calls calls;
  private final boolean loopback;

  AdminGate(Calls calls, boolean loopback) {
    this.calls = calls;
    this.loopback = loopback;
  }

  /** Completes with who asks, or fails with a problem. */
  CompletionStage<Principal> pass(HttpRequest request) {
    return loopback
        ? CompletableFuture.completedFuture(Principal.anonymous())
        : calls.principal(request).thenApply(AdminGate::checked);
  }

  private static Principal checked(Principal who) {
    if (!who.roles().contains(ROLE)) {
      throw Problem.of(
          who.isAnonymous() ? ErrorCode.UNAUTHENTICATED : ErrorCode.FORBIDDEN,
          "access: %s may not administer (expected: role %s)".formatted(who.subject(), ROLE));
    }
    return who;
  }
}
