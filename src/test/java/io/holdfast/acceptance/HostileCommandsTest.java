package io.holdfast.acceptance;

import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are well formed and mean harm. */
final class HostileCommandsTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private final String note = Names.entity("note");
  private WireClient mallory;

  @BeforeEach
  void connect() {
    mallory = NODE.connectAs("mallory");
  }

  @AfterEach
  void leave() {
    mallory.close();
  }

  private ServerFrame command(long seq, String ops) {
    return mallory.mutate(note, seq, ops).receipt(note, seq);
  }

  private static String repeated(int times, String op) {
    return IntStream.range(0, times).mapToObj(i -> op).collect(Collectors.joining(",", "[", "]"));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 21, 22, 23, 24, 30, 40})
  void aDocumentThatDoublesItselfIsRefusedHoweverOften(int doublings) {
    command(1, "[{'op':'add','path':'','value':{'a':['%s']}}]".formatted("x".repeat(1000)));

    ServerFrame refused =
        command(2, repeated(doublings, "{'op':'copy','from':'/a','path':'/a/-'}"));

    assertThat(refused.t()).isEqualTo("refused");
    assertThat(refused.text("code")).isIn("limit", "too-deep", "too-large");
    assertThat(NODE.http().get("/v1/state/" + note + "?pointer=/a").text()).hasSize(1004);
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 21, 22, 31, 32, 33})
  void aDocumentThatCopiesItsWidthIsRefused(int steps) {
    command(1, "[{'op':'add','path':'','value':{'a':'%s'}}]".formatted("x".repeat(1000)));
    String widening = IntStream.range(0, steps)
        .mapToObj(i -> "{'op':'copy','from':'','path':'/k%d'}".formatted(i))
        .collect(Collectors.joining(",", "[", "]"));

    assertThat(command(2, widening).text("code")).isIn("limit", "too-deep", "too-large");
  }

  @Test
  void anIncrementBeyondAllNumbersIsRefused() {
    command(1, "[{'op':'add','path':'','value':{'n':1e308}}]");

    assertThat(command(2, "[{'op':'inc','path':'/n','value':1e308}]").t()).isEqualTo("refused");
    assertThat(NODE.http().get("/v1/state/" + note + "?pointer=/n").json())
        .isEqualTo(json("1e308"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/4294967296", "/99999999999999999999", "/01", "/1e3", "/-", "/1"})
  void anElementThatIsNotThereIsNotReplaced(String pointer) {
    command(1, "[{'op':'add','path':'','value':[0]}]");

    ServerFrame refused = command(2, "[{'op':'replace','path':'%s','value':1}]".formatted(pointer));

    assertThat(refused.text("code")).isIn("no-such-path", "bad-patch");
  }

  @Test
  void tenThousandOpsAreOneCommand() {
    command(1, "[{'op':'add','path':'','value':{'n':0}}]");

    ServerFrame accepted = command(2, repeated(10_000, "{'op':'inc','path':'/n','value':1}"));

    assertThat(accepted.number("version")).isEqualTo(2);
    assertThat(NODE.http().get("/v1/state/" + note).json()).isEqualTo(json("{'n':10000}"));
  }

  @Test
  void aCommandThatSearchesAHugeArrayAgainAndAgainHoldsUpNobodyElse() {
    String elements = IntStream.range(0, 50_000)
        .mapToObj(i -> "{'id':'%d'}".formatted(i))
        .collect(Collectors.joining(",", "[", "]"));
    command(1, "[{'op':'add','path':'','value':%s}]".formatted(elements));
    String search = repeated(20_000, "{'op':'add','path':'/id=49999/x','value':1}");
    try (WireClient alice = NODE.connectAs("alice")) {
      mallory.mutate(note, 2, search);
      for (int n = 0; n < 20; n++) {
        String other = Names.entity("note");
        alice.mutate(other, 1, "[{'op':'add','path':'','value':1}]");
        assertThat(alice.receipt(other, 1).t()).isEqualTo("accepted");
      }
      assertThat(mallory.receipt(note, 2).has("seq")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'__proto__':{'admin':true}}",
        "{'':'empty','~':'tilde','/':'slash','~1':'both'}",
        "{'\\u0000':'\\u0000','\\u2028':'\\ud83d\\ude00'}",
        "[-0,1e-7,1e21,0.1,9007199254740991,-9007199254740991,5e-324,1.7976931348623157e308]"
      })
  void oddValuesComeBackAsTheyWere(String value) {
    command(1, "[{'op':'add','path':'','value':%s}]".formatted(value));

    assertThat(mallory.open(note).at("/doc")).isEqualTo(json(value));
    assertThat(NODE.http().get("/v1/state/" + note).json()).isEqualTo(json(value));
  }
}
