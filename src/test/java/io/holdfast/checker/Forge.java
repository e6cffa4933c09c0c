package io.holdfast.checker;

import io.holdfast.document.Json;
import io.holdfast.document.JsonBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Makes journal rows as a good server would have written them. */
final class Forge {
  /** What an event is about. */
  record Event(String client, long seq, String by, long at, Json ops, String writer) {}

  private Forge() {}

  /** The rows of one entity, each tied to the one before. */
  static List<JournalRow> rows(String entity, long epoch, List<Event> events) {
    List<JournalRow> rows = new ArrayList<>();
    byte[] head = StoredForm.seed(entity);
    for (Event event : events) {
      long number = rows.size() + 1L;
      byte[] body = body(event);
      byte[] next = StoredForm.hash(head, number, epoch, body);
      byte[] payload = payload(new StoredForm.Link(number, epoch, head, next), body);
      rows.add(new JournalRow(entity, number, false, event.writer(), payload));
      head = next;
    }
    return rows;
  }

  private static byte[] body(Event event) {
    return new JsonBuffer(200)
        .ascii("{\"at\":")
        .number(event.at())
        .ascii(",\"by\":")
        .string(event.by())
        .ascii(",\"client\":")
        .string(event.client())
        .ascii(",\"ops\":")
        .value(event.ops())
        .ascii(",\"seq\":")
        .number(event.seq())
        .ascii("}")
        .toBytes();
  }

  private static byte[] payload(StoredForm.Link link, byte[] body) {
    ByteBuffer out = ByteBuffer.allocate(88 + body.length + 4)
        .put(new byte[] {'H', 'F', 1, 0})
        .putLong(link.number())
        .putLong(link.epoch())
        .put(link.previous())
        .put(link.hash())
        .putInt(body.length)
        .put(body);
    CRC32C crc = new CRC32C();
    crc.update(out.array(), 0, out.position());
    return out.putInt((int) crc.getValue()).array();
  }
}
