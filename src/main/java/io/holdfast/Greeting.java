package io.holdfast;

/** What a node prints once it is up: where to go, and what to know. */
final class Greeting {
  private Greeting() {}

  static String of(ServerSettings settings, Guardian.Started started) {
    StringBuilder text = new StringBuilder("\n  Holdfast is up.\n\n");
    text.append("  Open     http://localhost:%d/\n".formatted(started.httpPort()));
    text.append("  Socket   ws://localhost:%d/v1/socket\n".formatted(started.httpPort()));
    text.append("  Ops      http://localhost:%d/metrics\n".formatted(started.opsPort()));
    text.append("  Journal  %s\n".formatted(settings.jdbc()));
    if (settings.devMode()) {
      text.append(
          "\n  DEV MODE: whoever connects is believed (token = name, or name#role). Loopback only.\n");
      text.append("  Set HOLDFAST_JWT_SECRET or HOLDFAST_JWKS_URL for real use.\n");
    }
    return text.append('\n').toString();
  }
}
