package io.holdfast.acceptance;

import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET …/events}: Server-Sent Events. */
final class HttpEventsTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private final HttpCalls http = NODE.http();
  private final String note = "/v1/state/" + Names.entity("note");

  @BeforeEach
  void aNote() {
    http.put(note, "{'n':0}");
  }

  private void inc() {
    http.patch(note, "[{'op':'inc','path':'/n','value':1}]");
  }

  @Test
  void theStateComesFirstThenEachChange() {
    try (EventStream events = EventStream.of(http, note + "/events")) {
      EventStream.Event state = events.next();
      inc();
      EventStream.Event changed = events.next();

      assertThat(events.header("Content-Type")).startsWith("text/event-stream");
      assertThat(state.name()).isEqualTo("state");
      assertThat(state.frame().at("/doc")).isEqualTo(json("{'n':0}"));
      assertThat(state.id()).matches("\\d+\\.1");
      assertThat(changed.name()).isEqualTo("changed");
      assertThat(changed.frame().number("from")).isEqualTo(1);
      assertThat(changed.frame().at("/ops"))
          .isEqualTo(json("[{'op':'inc','path':'/n','value':1}]"));
      assertThat(changed.id()).matches("\\d+\\.2");
    }
  }

  @Test
  void whoComesBackGetsWhatItMissed() {
    String last;
    try (EventStream events = EventStream.of(http, note + "/events")) {
      last = events.next().id();
    }
    inc();
    inc();

    try (EventStream events = EventStream.of(http, note + "/events", "Last-Event-ID", last)) {
      EventStream.Event missed = events.next();

      assertThat(missed.name()).isEqualTo("changed");
      assertThat(missed.frame().number("from")).isEqualTo(1);
      assertThat(missed.frame().number("version")).isEqualTo(3);
      assertThat(missed.id()).endsWith(".3");
    }
  }

  @Test
  void whoComesBackFromAnotherHistoryGetsTheState() {
    for (String id : new String[] {"1.1", "nonsense", "99999999999999999.1"}) {
      try (EventStream events = EventStream.of(http, note + "/events", "Last-Event-ID", id)) {
        assertThat(events.next().name()).isEqualTo("state");
      }
    }
  }

  @Test
  void theStreamEndsWhenAccessDoes() {
    String room = "/v1/state/" + Names.entity("room");
    http.merge(
        room, "{'owners':{'olga':true},'members':{'olga':true,'max':true}}", HttpCalls.as("olga"));
    try (EventStream events = EventStream.of(http, room + "/events", HttpCalls.as("max"))) {
      assertThat(events.next().name()).isEqualTo("state");
      http.merge(room, "{'members':{'max':null}}", HttpCalls.as("olga"));

      assertThat(events.next().name()).isEqualTo("closed");
      events.awaitEnd();
    }
  }
}
