package io.holdfast.http;

import akka.http.javadsl.model.HttpResponse;
import io.holdfast.document.JsonBuffer;
import io.holdfast.journal.Quarantined;
import java.util.List;
import java.util.function.Supplier;

/** {@code GET /admin/quarantine}: the entities whose stored data is damaged, newest first. */
final class QuarantineCall {
  private final Supplier<List<Quarantined>> quarantined;

  QuarantineCall(Supplier<List<Quarantined>> quarantined) {
    this.quarantined = quarantined;
  }

  HttpResponse list() {
    List<Quarantined> entities = quarantined.get();
    JsonBuffer out = new JsonBuffer(64 + 200 * entities.size()).ascii("[");
    String separator = "";
    for (Quarantined entity : entities) {
      out.ascii(separator).ascii("{\"at\":").number(entity.at());
      out.ascii(",\"entity\":").string(entity.entity());
      out.ascii(",\"reason\":").string(entity.reason());
      out.ascii(",\"version\":").number(entity.version()).ascii("}");
      separator = ",";
    }
    return Replies.json(out.ascii("]").toBytes());
  }
}
