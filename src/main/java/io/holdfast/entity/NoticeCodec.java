package io.holdfast.entity;

import akka.actor.typed.ActorRefResolver;
import io.holdfast.document.Json;
import io.holdfast.document.JsonWriter;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.Position;
import java.util.List;

/** What entities tell replicas on other nodes, as JSON; {@code hf.decided.1} and so on. Members are added, never renamed. */
final class NoticeCodec {
  static final String ATTACHED = "hf.attached.1";
  static final String RENEWED = "hf.renewed.1";
  static final String COMMITTED = "hf.committed.1";
  static final String DECIDED = "hf.decided.1";
  static final String AT = "hf.at.1";
  static final String PRESENCE = "hf.presence.1";
  static final String INTRODUCE = "hf.introduce.1";
  static final String QUARANTINED = "hf.quarantined.1";
  private static final int META_BYTES = 200;

  private final ActorRefResolver refs;

  NoticeCodec(ActorRefResolver refs) {
    this.refs = refs;
  }

  byte[] attached(Notice.Attached attached) {
    int estimate = 256 + attached.document().encodedBytes();
    return MessageWriter.bytes(estimate, out -> position(out, attached.at())
        .text("entity", refs.toSerializationFormat(attached.entity()))
        .value("document", attached.document()));
  }

  Notice.Attached attached(Members in) {
    return new Notice.Attached(
        refs.resolveActorRef(in.text("entity")), position(in), in.value("document"));
  }

  byte[] renewed(Notice.Renewed renewed) {
    return MessageWriter.bytes(256, out -> position(out, renewed.at())
        .text("entity", refs.toSerializationFormat(renewed.entity())));
  }

  Notice.Renewed renewed(Members in) {
    return new Notice.Renewed(refs.resolveActorRef(in.text("entity")), position(in));
  }

  static byte[] at(Notice.At at) {
    return MessageWriter.bytes(64, out -> position(out, at.at()));
  }

  static Notice.At at(Members in) {
    return new Notice.At(position(in));
  }

  static byte[] quarantined(Notice.Quarantined quarantined) {
    return MessageWriter.bytes(512, out -> out.text("reason", quarantined.reason()));
  }

  static Notice.Quarantined quarantined(Members in) {
    return new Notice.Quarantined(in.text("reason"));
  }

  static byte[] presence(Notice.Presence presence) {
    return MessageWriter.bytes(512, out -> out.text("origin", presence.origin())
        .flag("all", presence.all())
        .objects("put", presence.put(), CommandCodec::present)
        .texts("gone", presence.gone()));
  }

  static Notice.Presence presence(Members in) {
    return new Notice.Presence(
        in.text("origin"),
        in.flag("all"),
        in.objects("put", CommandCodec::person),
        in.texts("gone"));
  }

  /** Without the document: the other node's replica has it and applies the changes. */
  static byte[] committed(Notice.Committed committed) {
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

  static Notice.Committed committed(Members in) {
    return Notice.Committed.elsewhere(
        in.number("epoch"), in.objects("changes", NoticeCodec::change));
  }

  static byte[] decided(Notice.Decided decided) {
    int estimate = 128 + 64 * decided.verdicts().size();
    for (Notice.Committed committed : decided.committed()) {
      estimate += weight(committed);
    }
    return MessageWriter.bytes(estimate, out -> out.number("batch", decided.batch())
        .objects("verdicts", decided.verdicts(), VerdictCodec::write)
        .objects("committed", decided.committed(), NoticeCodec::committed));
  }

  static Notice.Decided decided(Members in) {
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
