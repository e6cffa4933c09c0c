package io.holdfast.document;

import static io.holdfast.document.Documents.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.document.PatchRefused.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointerTest {
  private static final Json LIST = parse(
      "{'todos':[7,{'id':1,'t':'a'},{'id':'x=y','t':'b'},{'id':true,'t':'c'},"
          + "{'id':1.5,'t':'d'},{'id':null},{'id':[1]},{'id':1,'t':'late'},{'id':'1.50','t':'e'},{'':'e'}],'id=1':'member'}");

  /** RFC 6901, section 5. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/foo|[\"bar\",\"baz\"]",
        "/foo/0|\"bar\"",
        "/|0",
        "/a~1b|1",
        "/c%d|2",
        "/e^f|3",
        "/g.h|4",
        "/i\\j|5",
        "/k\"l|6",
        "`/ `|7",
        "/m~0n|8"
      })
  void findsWhatTheRfcSays(String pointer, String expected) throws PatchRefused {
    Json document = Documents.parse(
        "{'foo':['bar','baz'],'':0,'a/b':1,'c%d':2,'e^f':3,'g.h':4,'i\\\\j':5,'k\\\"l':6,' ':7,'m~n':8}");

    assertThat(Pointer.parse(pointer).in(document)).contains(parse(expected));
    assertThat(Pointer.parse(pointer)).hasToString(pointer);
  }

  @Test
  void theEmptyPointerIsTheDocument() throws PatchRefused {
    assertThat(Pointer.parse("").in(LIST)).containsSame(LIST);
    assertThat(Pointer.root()).isEqualTo(Pointer.parse("")).hasToString("");
    assertThat(Pointer.root().isRoot()).isTrue();
    assertThat(Pointer.parse("/").isRoot()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/todos/id=1/t, a",
    "/todos/id=x=y/t, b",
    "/todos/id=true/t, c",
    "/todos/id=1.5/t, d",
    "/todos/id=1.50/t, e",
    "/todos/t=late/t, late",
    "/todos/=e/, e",
    "/id=1, member"
  })
  void followsKeys(String pointer, String expected) throws PatchRefused {
    assertThat(Pointer.parse(pointer).in(LIST)).contains(JsonString.of(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/todos/id=2",
        "/todos/id=null",
        "/todos/id=[1]",
        "/todos/id=1.0",
        "/todos/ID=1",
        "/todos/-",
        "/todos/01",
        "/todos/+1",
        "/todos/-1",
        "/todos/1e0",
        "/todos/10",
        "/todos/",
        "/todos/4294967296",
        "/todos/\u0661",
        "/todos/ 1",
        "/todos/0/x",
        "/nope",
        "/id=1/x",
        "/todos/1:",
        "/todos/1/"
      })
  void findsNothingWhereNothingIs(String pointer) throws PatchRefused {
    assertThat(Pointer.parse(pointer).in(LIST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b", " /a", "/~", "/~2", "/a~", "/a/~x/b", "/~0~", "/~~0"})
  void refusesWhatIsNoPointer(String text) {
    PatchRefused refused = catchThrowableOfType(PatchRefused.class, () -> Pointer.parse(text));

    assertThat(refused.reason()).isEqualTo(Reason.BAD_PATCH);
    assertThat(refused.pointer()).isEqualTo(text);
    assertThat(refused.detail()).startsWith("pointer: \"" + text + "\" (expected: ");
  }

  @Test
  void refusesPointersDeeperThanAnyDocument() throws PatchRefused {
    assertThat(Pointer.parse("/a".repeat(1000)).tokens()).hasSize(1000);
    assertThat(catchThrowableOfType(PatchRefused.class, () -> Pointer.parse("/a".repeat(1001)))
            .detail())
        .isEqualTo("pointer: 1001 tokens (expected: at most 1000)");
    assertThat(catchThrowableOfType(PatchRefused.class, () -> Pointer.parse("/\ud800"))
            .detail())
        .isEqualTo("pointer: lone surrogate (expected: Unicode text)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "/a/~0~1/", "/~01", "/~00", "/~10"})
  void theTextReadsBackAsThePointer(String text) throws PatchRefused {
    assertThat(Pointer.parse(text)).hasToString(text);
    assertThat(Pointer.of(Pointer.parse(text).tokens())).isEqualTo(Pointer.parse(text));
  }

  @Test
  void tokensAreUnescaped() throws PatchRefused {
    Pointer pointer = Pointer.parse("/~01/~1/");

    assertThat(pointer.tokens()).containsExactly("~1", "/", "");
    assertThat(pointer).isEqualTo(Pointer.root().child("~1").child("/").child(""));
    assertThat(pointer).hasSameHashCodeAs(Pointer.of(List.of("~1", "/", "")));
    assertThat(pointer).isNotEqualTo(Pointer.root().child("~1"));
  }

  @Test
  void aPrefixBeginsLikeThePointer() throws PatchRefused {
    Pointer pointer = Pointer.parse("/a/b");

    assertThat(pointer.isPrefixOf(pointer)).isTrue();
    assertThat(Pointer.root().isPrefixOf(pointer)).isTrue();
    assertThat(Pointer.parse("/a").isPrefixOf(pointer)).isTrue();
    assertThat(Pointer.parse("/b").isPrefixOf(pointer)).isFalse();
    assertThat(Pointer.parse("/a/b/c").isPrefixOf(pointer)).isFalse();
  }
}
