package io.holdfast.protocol;

/** Why a client's frame was not understood; {@code re} is its {@code t} where it had one, else empty. */
public final class FrameRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;
  private final String re;
  private final String entity;

  public FrameRefused(Refusal refusal, String re, String entity) {
    super(refusal.detail(), null, false, false);
    this.refusal = refusal;
    this.re = re;
    this.entity = entity;
  }

  public Refusal refusal() {
    return refusal;
  }

  public String re() {
    return re;
  }

  /** The frame's {@code entity} as sent, be it a name or not; empty if there is none, or one too long to be said back. */
  public String entity() {
    return entity;
  }

  /** Whether the socket cannot go on: it was no frame at all, so what follows cannot be trusted to be one. */
  public boolean isFatal() {
    return re.isEmpty();
  }
}
