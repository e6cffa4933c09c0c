package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes no good client sends. The one who sends them is told and ends; a bystander on the same node notices nothing. */
final class HostileFramesTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private static final int FRAME_BYTES = 2 * 1024 * 1024;

  private final WireClient bystander = NODE.connectAs("bystander");
  private final RawSocket mallory = NODE.node().raw();

  @BeforeEach
  void hello() {
    mallory.say("{'t':'hello','client':'m','token':'mallory'}").await("welcome");
  }

  @AfterEach
  void nobodyElseIsHurt() {
    bystander.catchUp();
    bystander.close();
    mallory.close();
  }

  private void assertEndsWith(String code) {
    assertThat(mallory.await("error").text("code")).isEqualTo(code);
    assertThat(mallory.await("goaway").text("code")).isEqualTo("protocol");
    assertThat(mallory.read()).isEmpty();
  }

  private static byte[] utf8(String singleQuoted) {
    return SingleQuotes.text(singleQuoted).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "{'t':'ping'",
        "{'t':'ping'} {'t':'ping'}",
        "[1,2]",
        "'ping'",
        "null",
        "{}",
        "{'t':1}",
        "{'t':'ping','n':1,'n':2}",
        "{'t':'ping','t':'pong'}",
        "{'t':'ping','n':1e999999999}",
        "{'t':'ping','n':-1e999999999}",
        "{'t':'ping','n':01}",
        "{'t':'ping','n':NaN}",
        "{'t':'ping','n':Infinity}",
        "{'t':'ping','n':'\\ud800'}",
        "{'t':'ping','n':'\\udc00\\ud800'}",
        "{'t':'ping','\\ud83d':1}",
        "{'t':'ping',}",
        "{'t':'ping' /* hello */}",
        "\uFEFF{'t':'ping'}",
        ""
      })
  void whatIsNoJsonObjectEndsTheConnection(String text) {
    mallory.send(RawSocket.FINAL | RawSocket.TEXT, utf8(text));

    assertEndsWith("bad-frame");
  }

  @Test
  void bytesThatAreNoUtf8EndTheConnection() {
    byte[] text = utf8("{'t':'ping','n':'xx'}");
    text[text.length - 4] = (byte) 0xff;
    mallory.send(RawSocket.FINAL | RawSocket.TEXT, text);

    assertEndsWith("bad-frame");
  }

  @Test
  void nestingWithoutEndIsRefused() {
    mallory.say("{'t':'ping','n':" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

    assertEndsWith("too-deep");
  }

  @Test
  void aNumberOfManyDigitsIsRefused() {
    mallory.say("{'t':'ping','n':" + "9".repeat(1_000_000) + "}");

    assertThat(mallory.await("error").text("code")).isEqualTo("bad-frame");
    assertThat(mallory.await("goaway").text("code")).isEqualTo("protocol");
  }

  @Test
  void aFrameThatOnlyClaimsToBeHugeIsRefusedBeforeItIsThere() {
    mallory
        .write(RawSocket.header(RawSocket.FINAL | RawSocket.TEXT, FRAME_BYTES + 1, true))
        .write(new byte[4]);

    assertEndsWith("too-large");
  }

  @Test
  void aLengthBeyondAllNumbersIsRefused() {
    mallory
        .write(RawSocket.header(RawSocket.FINAL | RawSocket.TEXT, Long.MAX_VALUE, true))
        .write(new byte[4]);

    assertEndsWith("too-large");
  }

  @Test
  void aNegativeLengthIsRefused() {
    byte[] header =
        ByteBuffer.allocate(10).put((byte) 0x81).put((byte) 0xff).putLong(-1).array();
    mallory.write(header).write(new byte[4]);

    assertEndsWith("too-large");
  }

  @Test
  void aFrameAsLongAsAllowedIsRead() {
    String text = "{'t':'ping','n':7,'padding':['%s']}";
    String piece = "x".repeat(200_000);
    String padding = String.join("','", java.util.Collections.nCopies(10, piece));
    int rest = FRAME_BYTES - text.formatted(padding).length() - 3;
    mallory.say(text.formatted(padding + "','" + "x".repeat(rest)));

    assertThat(mallory.await("pong").number("n")).isEqualTo(7);
  }

  @Test
  void aFloodOfFragmentsAboveTheLimitIsRefusedWhenItGetsThere() {
    byte[] piece = "x".repeat(60_000).getBytes(StandardCharsets.UTF_8);
    byte[] first = RawSocket.frame(RawSocket.TEXT, piece);
    byte[] next = RawSocket.frame(RawSocket.CONTINUATION, piece);
    boolean open = mallory.tryWrite(first);
    for (int n = 0; open && n < 1000; n++) {
      open = mallory.tryWrite(next);
    }

    Optional<ServerFrame> told = mallory.read();
    told.ifPresent(frame -> assertThat(frame.text("code")).isEqualTo("too-large"));
    assertThat(open && told.isEmpty()).as("still taken after 60 MB").isFalse();
  }

  @Test
  void aHundredThousandTinyFragmentsAreOneMessage() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    String text = SingleQuotes.text("{'t':'ping','n':5,'padding':'" + "x".repeat(99_970) + "'}");
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      int opcode = i == 0 ? RawSocket.TEXT : RawSocket.CONTINUATION;
      int last = i == bytes.length - 1 ? RawSocket.FINAL : 0;
      all.writeBytes(RawSocket.frame(last | opcode, new byte[] {bytes[i]}));
    }
    mallory.write(all.toByteArray());

    assertThat(mallory.await("pong").number("n")).isEqualTo(5);
  }

  @Test
  void aHundredThousandEmptyFragmentsCostNothingAndEndNothing() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(RawSocket.frame(RawSocket.TEXT, utf8("{'t':'ping',")));
    byte[] empty = RawSocket.frame(RawSocket.CONTINUATION, new byte[0]);
    for (int i = 0; i < 100_000; i++) {
      all.writeBytes(empty);
    }
    all.writeBytes(RawSocket.frame(RawSocket.FINAL | RawSocket.CONTINUATION, utf8("'n':6}")));
    mallory.write(all.toByteArray());

    assertThat(mallory.await("pong").number("n")).isEqualTo(6);
  }

  @Test
  void aFragmentWithoutBeginningEndsTheConnection() {
    mallory.send(RawSocket.FINAL | RawSocket.CONTINUATION, utf8("{'t':'ping'}"));

    assertEndsWith("bad-frame");
  }

  @Test
  void aMessageWithinAMessageEndsTheConnection() {
    mallory
        .send(RawSocket.TEXT, utf8("{'t':'ping',"))
        .send(RawSocket.FINAL | RawSocket.TEXT, utf8("{'t':'ping'}"));

    assertEndsWith("bad-frame");
  }

  @Test
  void aPingBetweenFragmentsIsNoPartOfTheMessage() {
    mallory.send(RawSocket.TEXT, utf8("{'t':'ping',"));
    mallory.send(RawSocket.FINAL | RawSocket.PING, utf8("'n':1,"));
    mallory.send(RawSocket.FINAL | RawSocket.CONTINUATION, utf8("'n':2}"));

    assertThat(mallory.await("pong").number("n")).isEqualTo(2);
  }

  @Test
  void aBinaryFrameEndsTheConnection() {
    mallory.send(RawSocket.FINAL | RawSocket.BINARY, utf8("{'t':'ping'}"));

    assertEndsWith("bad-frame");
  }

  @Test
  void anUnmaskedFrameEndsTheConnection() {
    byte[] text = utf8("{'t':'ping'}");
    mallory
        .write(RawSocket.header(RawSocket.FINAL | RawSocket.TEXT, text.length, false))
        .write(text);

    assertEndsWith("bad-frame");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x40, 0x20, 0x10})
  void reservedBitsEndTheConnection(int bit) {
    mallory.send(RawSocket.FINAL | bit | RawSocket.TEXT, utf8("{'t':'ping'}"));

    assertEndsWith("bad-frame");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 11, 15})
  void opcodesNobodyKnowsEndTheConnection(int opcode) {
    mallory.send(RawSocket.FINAL | opcode, utf8("{'t':'ping'}"));

    assertEndsWith("bad-frame");
  }

  @Test
  void aControlFrameThatIsTooLongEndsTheConnection() {
    mallory.send(RawSocket.FINAL | RawSocket.PING, new byte[126]);

    assertEndsWith("bad-frame");
  }

  @Test
  void aControlFrameInFragmentsEndsTheConnection() {
    mallory.send(RawSocket.PING, new byte[1]);

    assertEndsWith("bad-frame");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'t':'no-such-frame'}|unknown-frame",
        "{'t':'open'}|bad-frame",
        "{'t':'open','entity':7}|bad-frame",
        "{'t':'open','entity':'note'}|bad-entity",
        "{'t':'open','entity':'note/a b'}|bad-entity",
        "{'t':'open','entity':'note/\\u0000'}|bad-entity",
        "{'t':'open','entity':'note/../etc'}|bad-entity",
        "{'t':'open','entity':'nothing/x'}|unknown-kind",
        "{'t':'open','entity':'note/x','presence':'yes'}|bad-frame",
        "{'t':'open','entity':'note/x','epoch':-1,'version':1}|bad-frame",
        "{'t':'mutate','entity':'note/x','seq':0,'after':0,'ops':[]}|bad-frame",
        "{'t':'mutate','entity':'note/x','seq':-1,'after':0,'ops':[]}|bad-frame",
        "{'t':'mutate','entity':'note/x','seq':1.5,'after':0,'ops':[]}|bad-frame",
        "{'t':'mutate','entity':'note/x','seq':1e300,'after':0,'ops':[]}|bad-frame",
        "{'t':'mutate','entity':'note/x','seq':'1','after':0,'ops':[]}|bad-frame",
        "{'t':'mutate','entity':'note/x','seq':1,'after':0}|bad-frame",
        "{'t':'mutate','entity':'note/x','seq':1,'after':0,'ops':[],'if':-1}|bad-frame",
        "{'t':'mutate','entity':'nothing/x','seq':1,'after':0,'ops':[]}|unknown-kind",
        "{'t':'present','entity':'note/never-opened','data':1}|bad-frame",
        "{'t':'refresh'}|bad-frame",
        "{'t':'hello','client':'m'}|bad-frame"
      })
  void aFrameThatIsWrongInItselfIsRefusedAndTheSocketStaysOpen(String frameAndCode) {
    int bar = frameAndCode.lastIndexOf('|');
    mallory.say(frameAndCode.substring(0, bar));
    ServerFrame error = mallory.await("error");
    mallory.say("{'t':'ping','n':1}");

    assertThat(error.text("code")).isEqualTo(frameAndCode.substring(bar + 1));
    assertThat(error.text("detail")).contains("expected");
    assertThat(mallory.await("pong").number("n")).isEqualTo(1);
  }

  @Test
  void anIdOfThreeHundredCharactersIsRefused() {
    String name = "note/" + "x".repeat(300);
    mallory.say("{'t':'open','entity':'%s'}".formatted(name));
    ServerFrame error = mallory.await("error");

    assertThat(error.text("code")).isEqualTo("bad-entity");
    assertThat(error.text("entity")).isEqualTo(name);
  }

  @Test
  void membersNobodyKnowsAreIgnored() {
    mallory.say("{'t':'ping','n':1,'colour':'green','__proto__':{'n':2}}");

    assertThat(mallory.await("pong").number("n")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}|bad-patch",
        "null|bad-patch",
        "[1]|bad-patch",
        "[{}]|bad-patch",
        "[{'op':'frobnicate','path':''}]|bad-patch",
        "[{'op':'add','path':'/x'}]|bad-patch",
        "[{'op':'add','path':'x','value':1}]|bad-patch",
        "[{'op':'add','path':'/~2','value':1}]|bad-patch",
        "[{'op':'remove','path':'/x/y/z'}]|no-such-path",
        "[{'op':'replace','path':'/x','value':1}]|no-such-path",
        "[{'op':'copy','from':'/x','path':'/y'}]|no-such-path",
        "[{'op':'move','from':'/x','path':'/x/y'}]|no-such-path,bad-patch",
        "[{'op':'add','path':'/-1','value':1}]|no-such-path",
        "[{'op':'inc','path':'/x','value':'1'}]|bad-patch",
        "[{'op':'test','path':'','value':1}]|test-failed"
      })
  void aPatchThatDoesNotFitIsRefusedAsTheCommandItIs(String opsAndCodes) {
    int bar = opsAndCodes.lastIndexOf('|');
    String note = Names.entity("note");
    mallory.say("{'t':'mutate','entity':'%s','seq':1,'after':0,'ops':%s}"
        .formatted(note, opsAndCodes.substring(0, bar)));

    ServerFrame refused = mallory.await("refused");

    assertThat(opsAndCodes.substring(bar + 1).split(",")).contains(refused.text("code"));
    assertThat(refused.number("seq")).isEqualTo(1);
    assertThat(refused.number("version")).isZero();
  }
}
