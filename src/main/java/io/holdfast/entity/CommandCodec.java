package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import io.holdfast.auth.Principal;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Limits;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames.Present;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;

/** What replicas tell entities, as JSON; {@code hf.submit.1} and so on. Members are added, never renamed. */
final class CommandCodec {
  static final String SUBMIT = "hf.submit.1";
  static final String ATTACH = "hf.attach.1";
  static final String DETACH = "hf.detach.1";
  static final String READ = "hf.read.1";
  static final String PRESENT = "hf.present.1";
  private static final int PROPOSAL_BYTES = 300;

  private final ActorRefResolver refs;

  CommandCodec(ActorRefResolver refs) {
    this.refs = refs;
  }

  /** About how long the encoding will be, without encoding. */
  static int weight(StateEntity.Submit submit) {
    int bytes = 0;
    for (Proposal proposal : submit.proposals()) {
      bytes += PROPOSAL_BYTES + proposal.patch().weight();
    }
    return bytes;
  }

  byte[] submit(StateEntity.Submit submit) {
    return MessageWriter.bytes(512 + weight(submit), out -> out.number("batch", submit.batch())
        .text("replica", refs.toSerializationFormat(submit.replica()))
        .objects("proposals", submit.proposals(), CommandCodec::proposal));
  }

  StateEntity.Submit submit(Members in) {
    return new StateEntity.Submit(
        in.number("batch"), in.objects("proposals", CommandCodec::proposal), replica(in));
  }

  byte[] attach(StateEntity.Attach attach) {
    return MessageWriter.bytes(
        256, out -> out.text("replica", refs.toSerializationFormat(attach.replica()))
            .number("epoch", attach.known().epoch())
            .number("version", attach.known().version()));
  }

  StateEntity.Attach attach(Members in) {
    return new StateEntity.Attach(
        replica(in), new Position(in.number("epoch"), in.number("version")));
  }

  byte[] detach(StateEntity.Detach detach) {
    return MessageWriter.bytes(
        256, out -> out.text("replica", refs.toSerializationFormat(detach.replica())));
  }

  StateEntity.Detach detach(Members in) {
    return new StateEntity.Detach(replica(in));
  }

  byte[] read(StateEntity.Read read) {
    return MessageWriter.bytes(
        256, out -> out.text("replyTo", refs.toSerializationFormat(read.replyTo())));
  }

  StateEntity.Read read(Members in) {
    return new StateEntity.Read(refs.resolveActorRef(in.text("replyTo")));
  }

  byte[] present(StateEntity.Present present) {
    return MessageWriter.bytes(
        512, out -> out.text("replica", refs.toSerializationFormat(present.replica()))
            .flag("all", present.all())
            .objects("put", present.put(), CommandCodec::present)
            .texts("gone", present.gone()));
  }

  StateEntity.Present present(Members in) {
    return new StateEntity.Present(
        replica(in), in.flag("all"), in.objects("put", CommandCodec::person), in.texts("gone"));
  }

  private ActorRef<Notice> replica(Members in) {
    return refs.resolveActorRef(in.text("replica"));
  }

  static void present(MessageWriter out, Present present) {
    out.text("session", present.session())
        .text("client", present.client())
        .text("by", present.by())
        .value("data", present.data());
  }

  static Present person(Members in) {
    return new Present(in.text("session"), in.text("client"), in.text("by"), in.value("data"));
  }

  private static void proposal(MessageWriter out, Proposal proposal) {
    out.text("client", proposal.client())
        .number("seq", proposal.seq())
        .number("after", proposal.after())
        .number("at", proposal.at())
        .raw("ops", JsonWriter.canonical(proposal.patch().toJson()))
        .object("who", who -> principal(who, proposal.principal()));
    proposal.ifVersion().ifPresent(version -> out.number("if", version));
    proposal.unfit().ifPresent(why -> out.object("unfit", members -> refusal(members, why)));
  }

  private static Proposal proposal(Members in) {
    return new Proposal(
        in.text("client"),
        in.number("seq"),
        in.number("after"),
        in.has("if") ? OptionalLong.of(in.number("if")) : OptionalLong.empty(),
        principal(in.object("who").orElseThrow()),
        in.number("at"),
        patch(in.value("ops")),
        in.object("unfit").map(CommandCodec::refusal));
  }

  static Patch patch(byte[] ops) {
    try {
      return patch(JsonReader.read(ops, Limits.DEFAULT));
    } catch (JsonRefused refused) {
      throw new IllegalArgumentException("ops: " + refused.getMessage(), refused);
    }
  }

  static Patch patch(Json ops) {
    try {
      return Patch.parse(ops);
    } catch (PatchRefused refused) {
      throw new IllegalArgumentException("ops: " + refused.detail(), refused);
    }
  }

  private static void principal(MessageWriter out, Principal who) {
    out.text("subject", who.subject()).texts("roles", new java.util.TreeSet<>(who.roles()));
    who.issuedAt().ifPresent(at -> out.text("issued", at.toString()));
    who.expiresAt().ifPresent(at -> out.text("expires", at.toString()));
  }

  private static Principal principal(Members in) {
    return new Principal(
        in.text("subject"),
        new HashSet<>(in.texts("roles")),
        instant(in, "issued"),
        instant(in, "expires"));
  }

  private static Optional<Instant> instant(Members in, String name) {
    return in.has(name) ? Optional.of(Instant.parse(in.text(name))) : Optional.empty();
  }

  static void refusal(MessageWriter out, Refusal why) {
    out.text("code", why.code().wire()).text("detail", why.detail()).text("pointer", why.pointer());
  }

  /** A code a later version added is still a refusal. */
  static Refusal refusal(Members in) {
    ErrorCode code = ErrorCode.ofWire(in.text("code")).orElse(ErrorCode.INTERNAL);
    return new Refusal(code, in.text("detail"), in.text("pointer"));
  }
}
