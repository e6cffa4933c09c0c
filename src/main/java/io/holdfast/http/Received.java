package io.holdfast.http;

import akka.util.ByteString;

/** A body as it arrives: kept while it is not longer than {@code most} bytes, counted in any case. */
final class Received {
  private final int most;
  private long length;
  private ByteString kept = ByteString.emptyByteString();

  Received(int most) {
    this.most = most;
  }

  /** One that is here as a whole. */
  static Received of(ByteString whole) {
    return new Received(whole.length()).with(whole);
  }

  Received with(ByteString more) {
    length += more.length();
    kept = length <= most ? kept.concat(more) : ByteString.emptyByteString();
    return this;
  }

  long length() {
    return length;
  }

  byte[] bytes() {
    return kept.toArray();
  }
}
