package io.holdfast.entity;

import akka.actor.typed.ActorRefResolver;
import io.holdfast.document.Json;
import io.holdfast.document.JsonWriter;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.Position;
import java.util.List;
import java.util.function.Function;

/** What entities tell replicas on other nodes, as JSON; {@code hf.decided.1} and so on. Members are added, never renamed. */
final class NoticeCodec {
  static final List<Form<?>> FORMS = List.of(
      new Form<>(
          "hf.attached.1", Notice.Attached.class, NoticeCodec::attached, NoticeCodec::attached),
      new Form<>("hf.renewed.1", Notice.Renewed.class, NoticeCodec::renewed, NoticeCodec::renewed),
      new Form<>("hf.behind.1", Notice.Behind.class, NoticeCodec::behind, NoticeCodec::behind),
      form("hf.at.1", Notice.At.class, NoticeCodec::at, NoticeCodec::at),
      form(
          "hf.committed.1", Notice.Committed.class, NoticeCodec::committed, NoticeCodec::committed),
      form("hf.decided.1", Notice.Decided.class, NoticeCodec::decided, NoticeCodec::decided),
      form("hf.presence.1", Notice.Presence.class, NoticeCodec::presence, NoticeCodec::presence),
      form(
          "hf.introduce.1",
          Notice.Introduce.class,
          NoticeCodec::introduce,
          in -> new Notice.Introduce()),
      form(
          "hf.quarantined.1",
          Notice.Quarantined.class,
          NoticeCodec::quarantined,
          NoticeCodec::quarantined));

  private static final int META_BYTES = 200;

  private NoticeCodec() {}

  /** One that names no actor. */
  private static <M extends Notice> Form<M> form(
      String manifest, Class<M> type, Function<M, byte[]> write, Function<Members, M> read) {
    return new Form<>(
        manifest, type, (refs, message) -> write.apply(message), (refs, in) -> read.apply(in));
  }

  private static byte[] attached(ActorRefResolver refs, Notice.Attached attached) {
    int estimate = 256 + attached.document().encodedBytes();
    return MessageWriter.bytes(estimate, out -> position(out, attached.at())
        .text("entity", refs.toSerializationFormat(attached.entity()))
        .value("document", attached.document()));
  }

  private static Notice.Attached attached(ActorRefResolver refs, Members in) {
    return new Notice.Attached(
        refs.resolveActorRef(in.text("entity")), position(in), in.value("document"));
  }

  private static byte[] renewed(ActorRefResolver refs, Notice.Renewed renewed) {
    return MessageWriter.bytes(256, out -> position(out, renewed.at())
        .text("entity", refs.toSerializationFormat(renewed.entity())));
  }

  private static Notice.Renewed renewed(ActorRefResolver refs, Members in) {
    return new Notice.Renewed(refs.resolveActorRef(in.text("entity")), position(in));
  }

  private static byte[] behind(ActorRefResolver refs, Notice.Behind behind) {
    return MessageWriter.bytes(256, out -> position(out, behind.at())
        .text("entity", refs.toSerializationFormat(behind.entity()))
        .text("head", behind.head().toString()));
  }

  private static Notice.Behind behind(ActorRefResolver refs, Members in) {
    return new Notice.Behind(
        refs.resolveActorRef(in.text("entity")), position(in), Hash.parse(in.text("head")));
  }

  private static byte[] introduce(Notice.Introduce introduce) {
    return MessageWriter.bytes(8, out -> {});
  }

  private static byte[] at(Notice.At at) {
    return MessageWriter.bytes(64, out -> position(out, at.at()));
  }

  private static Notice.At at(Members in) {
    return new Notice.At(position(in));
  }

  private static byte[] quarantined(Notice.Quarantined quarantined) {
    return MessageWriter.bytes(512, out -> out.text("reason", quarantined.reason()));
  }

  private static Notice.Quarantined quarantined(Members in) {
    return new Notice.Quarantined(in.text("reason"));
  }

  private static byte[] presence(Notice.Presence presence) {
    return MessageWriter.bytes(512, out -> out.text("origin", presence.origin())
        .flag("all", presence.all())
        .objects("put", presence.put(), CommandCodec::present)
        .texts("gone", presence.gone()));
  }

  private static Notice.Presence presence(Members in) {
    return new Notice.Presence(
        in.text("origin"),
        in.flag("all"),
        in.objects("put", CommandCodec::person),
        in.texts("gone"));
  }

  /** Without the document: the other node's replica has it and applies the changes. */
  private static byte[] committed(Notice.Committed committed) {
    return MessageWriter.bytes(weight(committed), out -> committed(out, committed));
  }

  private static int weight(Notice.Committed committed) {
    int bytes = 64;
    for (Change change : committed.changes()) {
      bytes += META_BYTES + change.ops().length;
    }
    return bytes;
  }

  private static void committed(MessageWriter out, Notice.Committed committed) {
    out.number("epoch", committed.epoch())
        .objects("changes", committed.changes(), NoticeCodec::change);
  }

  private static Notice.Committed committed(Members in) {
    return Notice.Committed.elsewhere(
        in.number("epoch"), in.objects("changes", NoticeCodec::change));
  }

  private static byte[] decided(Notice.Decided decided) {
    int estimate = 128 + 64 * decided.verdicts().size();
    for (Notice.Committed committed : decided.committed()) {
      estimate += weight(committed);
    }
    return MessageWriter.bytes(estimate, out -> out.number("batch", decided.batch())
        .objects("verdicts", decided.verdicts(), VerdictCodec::write)
        .objects("committed", decided.committed(), NoticeCodec::committed));
  }

  private static Notice.Decided decided(Members in) {
    List<Notice.Committed> committed = in.objects("committed", NoticeCodec::committed);
    return new Notice.Decided(
        in.number("batch"), in.objects("verdicts", VerdictCodec::read), committed);
  }

  private static void change(MessageWriter out, Change change) {
    ChangeMeta meta = change.meta();
    out.number("version", meta.version())
        .text("client", meta.client())
        .number("seq", meta.seq())
        .text("by", meta.by())
        .number("at", meta.at())
        .raw("ops", change.ops());
  }

  private static Change change(Members in) {
    ChangeMeta meta = new ChangeMeta(
        in.number("version"), in.text("client"), in.number("seq"), in.text("by"), in.number("at"));
    Json ops = in.value("ops");
    return new Change(meta, CommandCodec.patch(ops), JsonWriter.canonical(ops));
  }

  private static MessageWriter position(MessageWriter out, Position at) {
    return out.number("epoch", at.epoch()).number("version", at.version());
  }

  private static Position position(Members in) {
    return new Position(in.number("epoch"), in.number("version"));
  }
}
