package io.holdfast.acceptance;

import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET …/history} and {@code GET …/receipts/{client}/{seq}}. */
final class HttpHistoryTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private final HttpCalls http = NODE.http();
  private final String entity = Names.entity("note");
  private final String note = "/v1/state/" + entity;

  private List<ServerFrame> changes(String query) {
    return new ServerFrame((JsonObject) http.get(note + "/history" + query).json()).changes();
  }

  private List<Long> versions(String query) {
    return changes(query).stream().map(change -> change.number("version")).toList();
  }

  @Test
  void everyChangeIsThereWithWhoWhenAndWhat() {
    long before = System.currentTimeMillis();
    try (WireClient alice = NODE.connect()) {
      alice.hello("alices-tab", "alice");
      alice.mutate(entity, 1, "[{'op':'add','path':'','value':{'n':1}}]").await("accepted");
    }
    http.patch(note, "[{'op':'inc','path':'/n','value':5}]", HttpCalls.as("bob"));

    List<ServerFrame> changes = changes("");

    assertThat(changes).hasSize(2);
    assertThat(changes.get(0).text("by")).isEqualTo("alice");
    assertThat(changes.get(0).text("client")).isEqualTo("alices-tab");
    assertThat(changes.get(0).number("seq")).isEqualTo(1);
    assertThat(changes.get(0).number("at")).isBetween(before, System.currentTimeMillis());
    assertThat(changes.get(0).at("/ops"))
        .isEqualTo(json("[{'op':'add','path':'','value':{'n':1}}]"));
    assertThat(changes.get(1).text("by")).isEqualTo("bob");
    assertThat(changes.get(1).at("/ops")).isEqualTo(json("[{'op':'inc','path':'/n','value':5}]"));
  }

  @Test
  void itIsReadInPages() {
    for (int n = 1; n <= 7; n++) {
      http.put(note, "" + n);
    }

    assertThat(versions("")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(versions("?limit=3")).containsExactly(1L, 2L, 3L);
    assertThat(versions("?from=4&limit=3")).containsExactly(4L, 5L, 6L);
    assertThat(versions("?from=7&limit=3")).containsExactly(7L);
    assertThat(versions("?from=2&to=3")).containsExactly(2L, 3L);
    assertThat(versions("?from=8")).isEmpty();
    assertThat(versions("?from=5&to=4")).isEmpty();
    assertThat(http.get(note + "/history?limit=many").code()).isEqualTo("bad-frame");
  }

  @Test
  void aReceiptTellsLaterWhatBecameOfACommand() {
    try (WireClient alice = NODE.connect()) {
      alice.hello("alices-tab", "alice");
      alice.mutate(entity, 1, "[{'op':'add','path':'','value':{'n':1}}]").receipt(entity, 1);
      alice.mutate(entity, 2, "[{'op':'remove','path':'/m'}]").receipt(entity, 2);
      alice.mutate(entity, 3, "[{'op':'inc','path':'/n','value':1}]").receipt(entity, 3);
    }

    ServerFrame receipt =
        new ServerFrame((JsonObject) http.get(note + "/receipts/alices-tab/3").json());

    assertThat(receipt.text("outcome")).isEqualTo("accepted");
    assertThat(receipt.number("version")).isEqualTo(2);
    assertThat(receipt.text("by")).isEqualTo("alice");
    assertThat(http.get(note + "/receipts/alices-tab/2").status()).isEqualTo(404);
    assertThat(http.get(note + "/receipts/alices-tab/4").status()).isEqualTo(404);
    assertThat(http.get(note + "/receipts/somebody/1").status()).isEqualTo(404);
    assertThat(http.get(note + "/receipts/somebody/x").status()).isEqualTo(404);
  }

  @Test
  void historyIsARightOfItsOwn() {
    String room = "/v1/state/" + Names.entity("room");
    http.merge(
        room, "{'owners':{'olga':true},'members':{'olga':true,'max':true}}", HttpCalls.as("olga"));

    assertThat(http.get(room, HttpCalls.as("max")).status()).isEqualTo(200);
    assertThat(http.get(room + "/history", HttpCalls.as("max")).code()).isEqualTo("forbidden");
    assertThat(http.get(room + "?at=1", HttpCalls.as("max")).code()).isEqualTo("forbidden");
    assertThat(http.get(room + "/history", HttpCalls.as("olga")).status()).isEqualTo(200);
  }
}
