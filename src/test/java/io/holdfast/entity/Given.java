package io.holdfast.entity;

import io.holdfast.auth.Access;
import io.holdfast.auth.Principal;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.Patch;
import io.holdfast.kind.Kind;
import io.holdfast.kind.KindText;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What tests of entities start from. */
final class Given {
  static final Principal ALICE =
      new Principal("alice", Set.of(), Optional.empty(), Optional.empty());
  static final String ANYONE =
      "{\"read\":[\"anyone\"],\"create\":[\"anyone\"],\"write\":[\"anyone\"],\"delete\":[\"anyone\"]}";

  private Given() {}

  /** A kind as its file would say it. */
  static EntityKind kind(String members) {
    try {
      Kind kind =
          KindText.note("{\"kind\":\"note\"" + (members.isEmpty() ? "" : ",") + members + "}");
      return new EntityKind(kind, Access.parse(kind.access()));
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  static EntityKind openKind() {
    return kind("\"access\":" + ANYONE);
  }

  static Json json(String text) {
    try {
      return JsonReader.read(text);
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  static Patch patch(String ops) {
    try {
      return Patch.parse(json(ops));
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  static Proposal proposal(String client, long seq, long after, String ops) {
    return Proposal.of(
        client, seq, after, OptionalLong.empty(), ALICE, 1_000_000 + seq, patch(ops));
  }
}
