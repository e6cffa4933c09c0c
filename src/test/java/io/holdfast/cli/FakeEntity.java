package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One entity of the fake server: documents by version, changes, and the outcome of every Idempotency-Key. */
final class FakeEntity {
  /** A refusal as the protocol names it. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final int status;
    final String code;
    final String pointer;

    Refused(int status, String code, String detail, String pointer) {
      super(detail);
      this.status = status;
      this.code = code;
      this.pointer = pointer;
    }
  }

  final long epoch = 3;
  final List<Json> documents = new ArrayList<>(List.of(JsonNull.NULL));
  final List<JsonObject> changes = new ArrayList<>();
  private final Map<String, Integer> outcomes = new HashMap<>();

  int version() {
    return documents.size() - 1;
  }

  Json document() {
    return documents.get(version());
  }

  boolean exists() {
    return document() != JsonNull.NULL;
  }

  String etag() {
    return "\"" + epoch + "." + version() + "\"";
  }

  /** Duplicate, precondition, apply: in the order the real entity judges. Answers the version it led to. */
  int submit(String key, String ifMatch, String ifNoneMatch, Patch patch, String by)
      throws Refused {
    Integer first = outcomes.get(key);
    if (first != null) {
      return first;
    }
    if (!ifMatch.isEmpty() && !ifMatch.equals(etag())) {
      throw new Refused(
          412, "version-mismatch", "version: " + version() + " (expected: " + ifMatch + ")", "");
    }
    if (ifNoneMatch.equals("*") && exists()) {
      throw new Refused(412, "version-mismatch", "version: " + version() + " (expected: none)", "");
    }
    try {
      accept(patch.applyTo(document()), patch, by);
    } catch (PatchRefused refused) {
      String code = refused.reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      throw new Refused(409, code, refused.detail(), refused.pointer());
    }
    outcomes.put(key, version());
    return version();
  }

  void accept(Json document, Patch patch, String by) {
    documents.add(document);
    changes.add(JsonObject.empty()
        .with("version", JsonNumber.of(version()))
        .with("client", JsonString.of("c-" + by))
        .with("seq", JsonNumber.of(1))
        .with("by", JsonString.of(by))
        .with("at", JsonNumber.of(1795392000000.0 + version()))
        .with("ops", patch.toJson()));
  }
}
