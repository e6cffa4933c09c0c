package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.EventReader.Event;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  private static List<Event> events(String text) throws Exception {
    EventReader reader = new EventReader(new BufferedReader(new StringReader(text)));
    List<Event> events = new ArrayList<>();
    for (Optional<Event> event = reader.next(); event.isPresent(); event = reader.next()) {
      events.add(event.get());
    }
    return events;
  }

  @Test
  void readsNameIdAndData() throws Exception {
    assertThat(events("event: changed\nid: 1.7\ndata: {}\n\n"))
        .containsExactly(new Event("changed", "1.7", "{}"));
  }

  @Test
  void joinsDataLinesAndTakesAwayOneSpaceOnly() throws Exception {
    assertThat(events("data:  a\ndata:b\n\n")).containsExactly(new Event("message", "", " a\nb"));
  }

  @Test
  void skipsCommentsAndEventsWithoutData() throws Exception {
    assertThat(events(": heartbeat\n\nevent: nothing\n\ndata: x\n\n"))
        .containsExactly(new Event("message", "", "x"));
  }

  @Test
  void keepsTheLastIdForEventsWithoutOne() throws Exception {
    assertThat(events("id: 1.7\ndata: a\n\ndata: b\n\n"))
        .extracting(Event::id)
        .containsExactly("1.7", "1.7");
  }

  @Test
  void dropsAnEventTheStreamBrokeOffIn() throws Exception {
    assertThat(events("data: a\n\nid: 1.8\ndata: b\n"))
        .extracting(Event::data)
        .containsExactly("a");
  }

  @Test
  void understandsAllLineEndings() throws Exception {
    assertThat(events("data: a\r\n\r\ndata: b\r\rdata: c\n\n"))
        .extracting(Event::data)
        .containsExactly("a", "b", "c");
  }
}
