package io.holdfast.document;

import static io.holdfast.document.Documents.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectTest {
  @Test
  void keysAreInTheOrderOfTheirUtf16CodeUnits() {
    JsonObject object =
        object("{'\u20ac':1,'\\r':2,'\ufb33':3,'1':4,'\ud83d\ude00':5,'\u0080':6,'\u00f6':7}");

    assertThat(JsonWriter.text(object))
        .isEqualTo(
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
  }

  @Test
  void equalityIsByValueHoweverTheTreeCameToBe() {
    JsonObject one = object("{'a':1,'b':[1,2]}");

    assertThat(one).isEqualTo(object("{'b':[1.0,2],'a':1}"));
    assertThat(one).isNotEqualTo(object("{'a':1,'b':[2,1]}"));
    assertThat(one).isNotEqualTo(object("{'a':1,'c':[1,2]}"));
    assertThat(one).isNotEqualTo(object("{'a':1,'b':[1,2],'c':0}"));
    assertThat(one).isNotEqualTo(object("{'a':1,'b':[1,[]]}"));
    assertThat(object("{}")).isNotEqualTo(JsonArray.empty());
    assertThat(JsonArray.empty()).isNotEqualTo(object("{}"));
  }

  @Test
  void unequalDocumentsMostlyHaveUnequalHashes() {
    Set<Integer> hashes = new HashSet<>();
    for (String text : new String[] {
      "{}",
      "[]",
      "{'a':1}",
      "{'a':2}",
      "{'b':1}",
      "{'a':'1'}",
      "{'a':1,'b':2}",
      "{'a':2,'b':1}",
      "[1,2]",
      "[2,1]"
    }) {
      hashes.add(Documents.parse(text).hashCode());
    }

    assertThat(hashes).hasSizeGreaterThan(8);
    assertThat(JsonString.of("a").hashCode()).isNotEqualTo(JsonString.of("b").hashCode());
    assertThat(JsonNumber.of(1.5).hashCode()).isNotEqualTo(JsonNumber.of(2.5).hashCode());
    assertThat(Pointer.root().child("a").hashCode())
        .isNotEqualTo(Pointer.root().child("b").hashCode());
  }

  @Test
  void truthIsTruth() {
    assertThat(JsonBoolean.of(true)).isSameAs(JsonBoolean.TRUE).hasToString("true");
    assertThat(JsonBoolean.of(false)).isSameAs(JsonBoolean.FALSE).hasToString("false");
    assertThat(JsonBoolean.TRUE.value()).isTrue();
    assertThat(JsonBoolean.FALSE.value()).isFalse();
    assertThat(JsonNull.NULL).hasToString("null");
    assertThat(
            JsonNull.NULL.depth() + JsonBoolean.TRUE.depth() + JsonString.of("").depth())
        .isZero();
  }

  @Test
  void anObjectThatWasEmptiedIsTheEmptyOne() {
    assertThat(object("{'a':1}").without("a")).isSameAs(JsonObject.empty());
    assertThat(JsonObject.of(Map.of())).isSameAs(JsonObject.empty());
    assertThat(object("{}")).isSameAs(JsonObject.empty());
    assertThat(JsonObject.empty().depth()).isEqualTo(1);
    assertThat(JsonObject.empty().encodedBytes()).isEqualTo(2);
  }

  @Test
  void settingOrRemovingNothingGivesTheObjectItself() {
    JsonObject object = object("{'a':[1],'b':2}");

    assertThat(object.with("a", object.member("a").orElseThrow())).isSameAs(object);
    assertThat(object.without("c")).isSameAs(object);
    assertThat(object.with("a", object("{}").with("x", JsonNull.NULL))).isNotSameAs(object);
  }

  @Test
  void aChangeOfOneMemberKeepsTheKeysAndAllOtherNodes() {
    JsonObject large = JsonObject.empty();
    for (int i = 0; i < 10_000; i++) {
      large = large.with("key" + i, Documents.record(i));
    }

    JsonObject changed = large.with("key5000", JsonNull.NULL);

    assertThat(TreeShape.newNodes(large, changed)).isEqualTo(large.root().height + 1);
    assertThat(TreeShape.newNodes(large, large.without("key5000")))
        .isLessThanOrEqualTo(2 * large.root().height + 1);
    assertThat(TreeShape.newNodes(large, large.with("key5000+", JsonNull.NULL)))
        .isLessThanOrEqualTo(2 * large.root().height + 1);
  }

  @Test
  void halfACharacterIsNoKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonObject.empty().with("\ud800", JsonNull.NULL))
        .withMessage("key: lone surrogate (expected: Unicode text)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonObject.of(Map.of("\udc00x", JsonNull.NULL)));
  }

  @Test
  void nothingIsNull() {
    Map<String, Json> members = new HashMap<>();
    members.put("a", null);

    assertThatNullPointerException().isThrownBy(() -> JsonObject.of(members));
    assertThatNullPointerException()
        .isThrownBy(() -> JsonArray.of(java.util.Collections.singletonList(null)));
  }

  @Test
  void membersEndWithTheObject() {
    var members = object("{'a':1}").members().iterator();

    assertThat(members.next()).isEqualTo(Map.entry("a", JsonNumber.of(1)));
    assertThat(members.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(members::next);
  }

  @Test
  void depthFollowsTheDeepestMember() {
    JsonObject deep = object("{'a':[[[]]],'b':[[]],'c':[[[]]]}");

    assertThat(deep.depth()).isEqualTo(4);
    assertThat(deep.with("a", JsonNull.NULL).depth()).isEqualTo(4);
    assertThat(deep.with("a", JsonNull.NULL).without("c").depth()).isEqualTo(3);
    assertThat(deep.with("a", JsonNull.NULL).with("c", JsonNull.NULL).depth()).isEqualTo(3);
    assertThat(deep.with("b", JsonArray.of(List.of(deep))).depth()).isEqualTo(6);
  }

  @Test
  void theEncodedSizeSaturates() {
    Json bomb = JsonArray.of(List.of(JsonString.of("0123456789")));
    for (int i = 0; i < 40; i++) {
      bomb = JsonArray.of(List.of(bomb, bomb));
    }

    assertThat(bomb.encodedBytes()).isEqualTo(Integer.MAX_VALUE);
    assertThat(JsonObject.empty().with("a", bomb).with("b", bomb).encodedBytes())
        .isEqualTo(Integer.MAX_VALUE);
  }
}
