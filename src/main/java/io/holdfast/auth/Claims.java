package io.holdfast.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the claims of a token with a good signature must say (RFC 7519, RFC 8725). */
final class Claims {
  private final AuthSettings settings;
  private final Clock clock;

  Claims(AuthSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  Principal principal(JWTClaimsSet claims) throws TokenRefused {
    Instant expires = time(claims.getExpirationTime())
        .orElseThrow(() -> new TokenRefused("exp: missing (expected: a time)"));
    Optional<Instant> issued = time(claims.getIssueTime());
    checkTimes(expires, time(claims.getNotBeforeTime()), issued);
    checkIssuer(Optional.ofNullable(claims.getIssuer()));
    checkAudience(claims.getAudience());
    return new Principal(subject(claims), roles(claims), issued, Optional.of(expires));
  }

  private void checkTimes(Instant expires, Optional<Instant> notBefore, Optional<Instant> issued)
      throws TokenRefused {
    Instant now = clock.instant();
    Duration skew = settings.clockSkew();
    if (!now.isBefore(expires.plus(skew))) {
      throw new TokenRefused("exp: %s (expected: after %s)".formatted(expires, now));
    }
    if (expires.isAfter(now.plus(settings.maxTokenLifetime()).plus(skew))) {
      throw new TokenRefused(
          "exp: %s (expected: within %s)".formatted(expires, settings.maxTokenLifetime()));
    }
    if (notBefore.isPresent() && notBefore.get().isAfter(now.plus(skew))) {
      throw new TokenRefused("nbf: %s (expected: before %s)".formatted(notBefore.get(), now));
    }
    if (issued.isPresent() && issued.get().isAfter(now.plus(skew))) {
      throw new TokenRefused("iat: %s (expected: before %s)".formatted(issued.get(), now));
    }
  }

  private void checkIssuer(Optional<String> issuer) throws TokenRefused {
    if (settings.issuer().isPresent() && !settings.issuer().equals(issuer)) {
      throw new TokenRefused(
          "iss: another one (expected: %s)".formatted(settings.issuer().get()));
    }
  }

  private void checkAudience(List<String> audience) throws TokenRefused {
    if (settings.audience().isPresent()
        && !audience.contains(settings.audience().get())) {
      throw new TokenRefused(
          "aud: another one (expected: %s)".formatted(settings.audience().get()));
    }
  }

  private static String subject(JWTClaimsSet claims) throws TokenRefused {
    String subject = Optional.ofNullable(claims.getSubject())
        .orElseThrow(() -> new TokenRefused("sub: missing (expected: a string)"));
    if (subject.equals(Principal.anonymous().subject())) {
      throw new TokenRefused(
          "sub: anonymous (expected: another name, this one is for those without a token)");
    }
    return Subjects.subject(subject);
  }

  private static Set<String> roles(JWTClaimsSet claims) throws TokenRefused {
    try {
      List<String> listed = claims.getStringListClaim("roles");
      if (listed == null) {
        return Set.of();
      }
      return Subjects.roles(new LinkedHashSet<>(listed));
    } catch (ParseException notStrings) {
      throw new TokenRefused("roles: something else (expected: an array of strings)");
    }
  }

  private static Optional<Instant> time(@Nullable Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }
}
