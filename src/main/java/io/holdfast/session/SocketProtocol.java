package io.holdfast.session;

/** A client broke RFC 6455 or a limit; the connection cannot go on. */
final class SocketProtocol extends Exception {
  private static final long serialVersionUID = 1;

  /** What it was. */
  enum Breach {
    PROTOCOL,
    BINARY,
    TOO_LARGE
  }

  private final Breach breach;

  SocketProtocol(Breach breach, String detail) {
    super(detail, null, false, false);
    this.breach = breach;
  }

  Breach breach() {
    return breach;
  }
}
