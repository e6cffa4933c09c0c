package io.holdfast.entity;

/** A verdict as members of a JSON object; {@code is} names which. */
final class VerdictCodec {
  private VerdictCodec() {}

  static void write(MessageWriter out, Verdict verdict) {
    if (verdict instanceof Verdict.Accepted accepted) {
      out.text("is", "accepted")
          .number("version", accepted.version())
          .flag("duplicate", accepted.duplicate());
    } else if (verdict instanceof Verdict.Refused refused) {
      out.text("is", "refused")
          .number("version", refused.version())
          .object("why", why -> CommandCodec.refusal(why, refused.why()));
    } else if (verdict instanceof Verdict.Gap gap) {
      out.text("is", "gap").number("expected", gap.expected());
    } else if (verdict instanceof Verdict.Undecided undecided) {
      out.text("is", "undecided").object("why", why -> CommandCodec.refusal(why, undecided.why()));
    } else if (verdict instanceof Verdict.DecidedBefore before) {
      out.text("is", "before").number("version", before.version());
    }
  }

  static Verdict read(Members in) {
    return switch (in.text("is")) {
      case "accepted" -> new Verdict.Accepted(in.number("version"), in.flag("duplicate"));
      case "refused" -> new Verdict.Refused(
          CommandCodec.refusal(in.object("why").orElseThrow()), in.number("version"));
      case "gap" -> new Verdict.Gap(in.number("expected"));
      case "undecided" -> new Verdict.Undecided(
          CommandCodec.refusal(in.object("why").orElseThrow()));
      case "before" -> new Verdict.DecidedBefore(in.number("version"));
      default -> throw new IllegalArgumentException(
          "verdict: %s (expected: one this version knows)".formatted(in.text("is")));
    };
  }
}
