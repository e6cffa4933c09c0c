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
import io.holdfast.entity.StateEntity.Attach;
import io.holdfast.entity.StateEntity.Detach;
import io.holdfast.entity.StateEntity.Read;
import io.holdfast.entity.StateEntity.Submit;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames.Present;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What replicas tell entities, as JSON; {@code hf.submit.1} and so on. Members are added, never renamed. */
final class CommandCodec {
  static final List<Form<?>> FORMS = List.of(
      new Form<>("hf.submit.1", Submit.class, CommandCodec::submit, CommandCodec::submit),
      new Form<>("hf.attach.1", Attach.class, CommandCodec::attach, CommandCodec::attach),
      new Form<>("hf.detach.1", Detach.class, CommandCodec::detach, CommandCodec::detach),
      new Form<>("hf.read.1", Read.class, CommandCodec::read, CommandCodec::read),
      new Form<>(
          "hf.present.1", StateEntity.Present.class, CommandCodec::present, CommandCodec::present));

  private static final int PROPOSAL_BYTES = 300;

  private CommandCodec() {}

  /** About how long the encoding will be, without encoding. */
  static int weight(Submit submit) {
    int bytes = 0;
    for (Proposal proposal : submit.proposals()) {
      bytes += PROPOSAL_BYTES + proposal.patch().weight();
    }
    return bytes;
  }

  private static byte[] submit(ActorRefResolver refs, Submit submit) {
    return MessageWriter.bytes(512 + weight(submit), out -> out.number("batch", submit.batch())
        .text("replica", refs.toSerializationFormat(submit.replica()))
        .objects("proposals", submit.proposals(), CommandCodec::proposal));
  }

  private static Submit submit(ActorRefResolver refs, Members in) {
    return new Submit(
        in.number("batch"), in.objects("proposals", CommandCodec::proposal), replica(refs, in));
  }

  private static byte[] attach(ActorRefResolver refs, Attach attach) {
    return MessageWriter.bytes(
        256, out -> out.text("replica", refs.toSerializationFormat(attach.replica()))
            .number("epoch", attach.known().epoch())
            .number("version", attach.known().version())
            .flag("catchesUp", attach.catchesUp()));
  }

  private static Attach attach(ActorRefResolver refs, Members in) {
    return new Attach(
        replica(refs, in),
        new Position(in.number("epoch"), in.number("version")),
        in.flag("catchesUp"));
  }

  private static byte[] detach(ActorRefResolver refs, Detach detach) {
    return MessageWriter.bytes(
        256, out -> out.text("replica", refs.toSerializationFormat(detach.replica())));
  }

  private static Detach detach(ActorRefResolver refs, Members in) {
    return new Detach(replica(refs, in));
  }

  private static byte[] read(ActorRefResolver refs, Read read) {
    return MessageWriter.bytes(
        256, out -> out.text("replyTo", refs.toSerializationFormat(read.replyTo())));
  }

  private static Read read(ActorRefResolver refs, Members in) {
    return new Read(refs.resolveActorRef(in.text("replyTo")));
  }

  private static byte[] present(ActorRefResolver refs, StateEntity.Present present) {
    return MessageWriter.bytes(
        512, out -> out.text("replica", refs.toSerializationFormat(present.replica()))
            .flag("all", present.all())
            .objects("put", present.put(), CommandCodec::present)
            .texts("gone", present.gone()));
  }

  private static StateEntity.Present present(ActorRefResolver refs, Members in) {
    return new StateEntity.Present(
        replica(refs, in),
        in.flag("all"),
        in.objects("put", CommandCodec::person),
        in.texts("gone"));
  }

  private static ActorRef<Notice> replica(ActorRefResolver refs, Members in) {
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
