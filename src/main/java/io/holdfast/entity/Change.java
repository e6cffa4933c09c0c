package io.holdfast.entity;

import io.holdfast.document.Patch;
import io.holdfast.protocol.ChangeMeta;

/**
 * An event as observers see it.
 *
 * @param ops the patch's canonical encoding, a JSON array, encoded once at admission; never to be written to
 */
@SuppressWarnings("ArrayRecordComponent")
public record Change(ChangeMeta meta, Patch patch, byte[] ops) {
  public long version() {
    return meta.version();
  }
}
