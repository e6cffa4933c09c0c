package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that does not read costs its node next to nothing and misses nothing in the end. */
final class SlowReaderTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private static final int MEMBERS = 200;
  private static final int MEMBERS_A_COMMAND = 80;
  private static final int COMMANDS = 700;
  private static final int WINDOW = 32;
  private static final long MEGABYTE = 1 << 20;

  private final String note = Names.entity("note");

  /** Replaces members with text as long as before: every command says about 80 KB that are new. */
  private static String replacements(int command) {
    StringBuilder ops = new StringBuilder("[");
    for (int i = 0; i < MEMBERS_A_COMMAND; i++) {
      int member = (command * 7 + i) % MEMBERS;
      String value = String.valueOf((char) ('a' + (command + i) % 26)).repeat(1000);
      ops.append(i == 0 ? "" : ",")
          .append("{'op':'replace','path':'/m%d','value':'%s'}".formatted(member, value));
    }
    return ops.append("]").toString();
  }

  private static String document() {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < MEMBERS; i++) {
      members.append(i == 0 ? "" : ",").append("'m%d':'%s'".formatted(i, "-".repeat(1000)));
    }
    return "{" + members + "}";
  }

  @Test
  void getsOneMergedChangeOrTheStateAndEndsEqualAndHoldsNoMemoryMeanwhile() {
    NODE.http().put("/v1/state/" + note, document());
    try (WireClient writer = NODE.connectAs("writer");
        RawSocket slow = RawSocket.to(NODE.node().httpPort(), 4096)) {
      Mirror current = new Mirror(writer.open(note));
      slow.say("{'t':'hello','client':'slow','token':'slow'}").await("welcome");
      slow.say("{'t':'open','entity':'%s'}".formatted(note));
      Mirror late = new Mirror(slow.await("state"));

      long sent = write(writer, current);
      assertThat(NODE.node().ops().get("/metrics").text()).contains("holdfast_sessions_behind 1.0");
      long whileBehind = JavaHeap.inUse(NODE.node());
      long read = catchUp(slow, late, current.version());
      long afterwards = JavaHeap.inUse(NODE.node());

      assertThat(sent).isGreaterThan(50 * MEGABYTE);
      assertThat(late.document()).isEqualTo(current.document());
      assertThat(read).as("bytes the slow one had to read").isLessThan(sent / 4);
      assertThat(whileBehind - afterwards)
          .as("bytes the node held for it")
          .isLessThan(3 * MEGABYTE);
    }
  }

  /** Sends commands and follows their changes, never more than a window ahead; how many bytes that were. */
  private long write(WireClient writer, Mirror current) {
    long sent = 0;
    for (int command = 1; command <= COMMANDS; command++) {
      String ops = replacements(command);
      writer.mutate(note, command, ops);
      sent += ops.length();
      current.follow(writer, command + 1L - WINDOW);
    }
    current.follow(writer, COMMANDS + 1L);
    return sent;
  }

  private static long catchUp(RawSocket slow, Mirror late, long version) {
    long bytes = 0;
    while (late.version() < version) {
      ServerFrame frame = slow.read().orElseThrow();
      bytes += frame.json().encodedBytes();
      late.take(frame);
    }
    return bytes;
  }
}
