package io.holdfast.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.TreeMap;

/** One user's copy of one entity, kept up by the server's frames; notices when a change is missing or comes twice. */
final class LocalCopy {
  private final TreeMap<Long, JsonNode> ahead = new TreeMap<>();
  private JsonNode document = NullNode.getInstance();
  private long version = -1;

  /** Takes a {@code state} frame: whatever was known before is replaced. */
  void state(JsonNode frame) {
    document = frame.path("doc").deepCopy();
    version = frame.path("version").asLong();
    ahead.headMap(version).clear();
    catchUp();
  }

  /**
   * Takes a {@code changed} frame. Frames reach a simulated user in two ways and so not always in order; each waits here
   * for the one before it.
   */
  void changed(JsonNode frame) {
    long from = frame.path("from").asLong();
    if (version >= 0 && from < version) {
      throw new IllegalStateException(
          "changed from %d at version %d (expected: each change once)".formatted(from, version));
    }
    ahead.put(from, frame);
    catchUp();
  }

  private void catchUp() {
    for (JsonNode next = ahead.remove(version); next != null; next = ahead.remove(version)) {
      document = TinyPatch.apply(document, next.path("ops").deepCopy());
      version = next.path("version").asLong();
    }
  }

  /** Empty if nothing is missing and the copy is the server's document at the server's version; else what differs. */
  String difference(long serverVersion, JsonNode serverDocument) {
    if (!ahead.isEmpty()) {
      return "version %d, and changes wait from %d (expected: none missing)"
          .formatted(version, ahead.firstKey());
    }
    if (version != serverVersion) {
      return "version %d (expected: %d)".formatted(version, serverVersion);
    }
    return Numbers.equal(document, serverDocument)
        ? ""
        : "document %s (expected: %s)".formatted(document, serverDocument);
  }
}
