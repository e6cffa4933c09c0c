package io.holdfast.kind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^a+$ aaa",
        "b abc",
        "[[] [",
        "[a&&b] &",
        "[^^]x ax",
        "\\p{Letter} é",
        "\\p{Lu} É",
        "\\u{1F600} 😀",
        "^\\u00e9$ é",
        "^.$ 😀",
        "[^] x",
        "\\S a",
        "[\\s]|x x",
        "(?<y>a)\\k<y> aa",
        "^\\D$ १",
        "a{2} aa"
      })
  void findsWhatEcmaScriptFinds(String expression, String text) {
    assertThat(Regex.compile(expression).find(text)).isEqualTo(Regex.Search.FOUND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"^a+$ aab", "^\\d$ १", "^\\w$ é", "[a&&b] c", "^[]$ x", "[^\\S] x", "^\\S$ \u00a0"})
  void missesWhatEcmaScriptMisses(String expression, String text) {
    assertThat(Regex.compile(expression).find(text)).isEqualTo(Regex.Search.MISSING);
  }

  @Test
  void endsATextOnlyAtItsEnd() {
    assertThat(Regex.compile("^[a-z]+$").find("abc\n")).isEqualTo(Regex.Search.MISSING);
  }

  @Test
  void takesNoBreakSpaceForASpace() {
    assertThat(Regex.compile("^\\s$").find("\u00a0")).isEqualTo(Regex.Search.FOUND);
    assertThat(Regex.compile("^[\\s-]$").find("\ufeff")).isEqualTo(Regex.Search.FOUND);
  }

  @ParameterizedTest
  @CsvSource({"^(a+)+$", "^(a|aa)+$", "^(\\w|\\d)*!$", "(.*)*(.*)*(.*)*[^a]{3}"})
  void givesUpOnTextsThatWouldTakeForEver(String careless) {
    String hostile = "a".repeat(5000) + "!?";

    assertThat(Regex.compile(careless).find(hostile)).isEqualTo(Regex.Search.EXHAUSTED);
  }

  @Test
  void treatsATextItGaveUpOnAsNotMatching() {
    var violation = Texts.schema("{'pattern':'^(a+)+$'}")
        .check(Texts.json("'" + "a".repeat(5000) + "!'"))
        .orElseThrow();

    assertThat(violation.detail()).contains("in reasonable time");
  }

  @Test
  void searchesLongTextsWithOrdinaryExpressions() {
    assertThat(Regex.compile("^[a-z]*$").find("a".repeat(250_000))).isEqualTo(Regex.Search.FOUND);
    assertThat(Regex.compile("x").find("a".repeat(250_000))).isEqualTo(Regex.Search.MISSING);
  }
}
