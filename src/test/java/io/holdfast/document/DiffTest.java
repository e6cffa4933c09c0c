package io.holdfast.document;

import static io.holdfast.document.Documents.array;
import static io.holdfast.document.Documents.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffTest {
  private static final String LONG =
      "'a text that takes more bytes than any op would take, so that it is never written anew'";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "1; 2; replace",
        "{'a':1}; [1]; replace",
        "null; null; ``",
        "{'l':$,'a':1}; {'l':$,'a':2}; replace /a",
        "{'l':$,'a':1}; {'l':$}; remove /a",
        "{'l':$}; {'l':$,'a/b':1}; add /a~1b",
        "{'l':$,'a':{'l':$,'b':1}}; {'l':$,'a':{'l':$,'b':2}}; replace /a/b",
        "{'l':$,'a':{'b':1,'c':2}}; {'l':$,'a':{'b':2,'c':3}}; replace /a",
        "{'a':1}; {'a':2}; replace /a",
        "[$,1,2,3]; [$,1,3]; remove /2",
        "[$,1,3]; [$,1,2,3]; add /2",
        "[$,1]; [$,1,2]; add /-",
        "[$,1,2,3]; [$,1,5,3]; replace /2",
        "[7,$,1,2]; [$,1,2,7]; remove /0, add /-",
        "[$,{'l':$,'x':1},3]; [$,{'l':$,'x':2},3]; replace /1/x",
        "[$,{'l':$,'x':1},{'l':$,'x':2}]; [0,$,{'l':$,'x':1},{'l':$,'x':3}]; add /0, replace /3/x",
        "[$,1,2,3,4,5]; [$,1,2,3,4,5,6,7]; add /-, add /-",
        "[$,1,2,3,4,5]; [$,1,2]; remove /3, remove /3, remove /3",
        "[1,$,2,$,3]; [$,2,$,3,4]; remove /0, add /-",
        "[$,[$,1]]; [$,[$,2]]; replace /1/1"
      })
  void findsTheLittleThatDiffers(String before, String after, String ops) throws PatchRefused {
    Json from = parse(before.replace("$", LONG));
    Json to = parse(after.replace("$", LONG));

    Patch diff = Diff.between(from, to);

    assertThat(summary(diff)).isEqualTo(ops.stripTrailing());
    assertThat(diff.applyTo(from)).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "abcd; abcd; ``",
        "abcd; abd; remove /l/id=c",
        "abcd; axbcd; add /l/1",
        "abcd; abcdx; add /l/-",
        "abcd; dabc; move /l/id=d /l/0",
        "abcd; bcda; move /l/id=a /l/3",
        "abcd; acbd; move /l/id=c /l/1",
        "abcdef; defabc; move /l/id=d /l/0, move /l/id=e /l/1, move /l/id=f /l/2",
        "abcdef; bxdaf; remove /l/id=c, remove /l/id=e, add /l/2, move /l/id=a /l/3",
        "abcd; aBcd; replace /l/id=b/x",
        "abcd; Dabc; replace /l/id=d/x, move /l/id=d /l/0",
        "abcdefgh; hgabcdef; move /l/id=h /l/0, move /l/id=g /l/1",
        "abcdefgh; cdefghba; move /l/id=b /l/7, move /l/id=a /l/7"
      })
  void namesTheElementsOfKeyedArrays(String before, String after, String ops) throws PatchRefused {
    Json from = keyed(before);
    Json to = keyed(after);

    Patch diff = Diff.between(from, to, Keys.of(Map.of("/l", "id")));

    assertThat(summary(diff)).isEqualTo(ops);
    assertThat(diff.applyTo(from)).isEqualTo(to);
  }

  /** A list of elements named after letters; a capital letter is the same element changed. */
  private static Json keyed(String letters) {
    List<Json> elements = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      elements.add(parse("{'id':'%s','x':%d,'l':%s}"
          .formatted(Character.toLowerCase(letter), Character.isUpperCase(letter) ? 1 : 0, LONG)));
    }
    return JsonObject.of(Map.of("l", JsonArray.of(elements)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[{'id':1,'x':0,'l':$},{'id':1,'l':$}]; [{'id':1,'x':1,'l':$},{'id':1,'l':$}]; replace /0/x",
        "[{'id':1,'x':0,'l':$},{'id':null,'l':$}]; [{'id':1,'x':1,'l':$},{'id':null,'l':$}]; replace /0/x",
        "[{'id':1,'x':0,'l':$},{'id':'1','l':$}]; [{'id':1,'x':1,'l':$},{'id':'1','l':$}]; replace /0/x",
        "[{'id':1,'x':0,'l':$},7.5]; [{'id':1,'x':1,'l':$},7.5]; replace /0/x",
        "[{'id':1,'x':0,'l':$},{'l':$}]; [{'id':1,'x':1,'l':$},{'l':$}]; replace /0/x",
        "[{'id':1,'x':0,'l':$}]; [{'id':1,'x':1,'l':$},{'id':1,'l':$}]; replace /0/x, add /-",
        "[{'id':1,'x':0,'l':$},{'id':true,'l':$}]; [{'id':1,'x':1,'l':$},{'id':true,'l':$}]; replace /id=1/x",
        "[{'id':'a/b','x':0,'l':$}]; [{'id':'a/b','x':1,'l':$}]; replace /id=a~1b/x"
      })
  void usesNamesOnlyWhereEveryElementHasItsOwn(String before, String after, String ops)
      throws PatchRefused {
    Json from = parse(before.replace("$", LONG));
    Json to = parse(after.replace("$", LONG));

    Patch diff = Diff.between(from, to, Keys.of(Map.of("", "id")));

    assertThat(summary(diff)).isEqualTo(ops);
    assertThat(diff.applyTo(from)).isEqualTo(to);
  }

  @Test
  void aChangeInPlaceNeedsNoOtherNames() throws PatchRefused {
    Json before = parse("[7,{'id':1,'x':0,'l':$},{'id':1}]".replace("$", LONG));
    Json after = Patch.parse(parse("[{'op':'inc','path':'/1/x','value':1}]")).applyTo(before);
    Json later = Patch.parse(parse("[{'op':'add','path':'/2/x','value':1}]")).applyTo(before);

    Keys keys = Keys.of(Map.of("", "id"));

    assertThat(summary(Diff.between(before, after, keys))).isEqualTo("replace /id=1/x");
    assertThat(summary(Diff.between(before, later, keys))).isEqualTo("add /2/x");
  }

  @Test
  void keyedArraysMayStandInKeyedArrays() throws PatchRefused {
    Json from =
        parse("{'rooms':[{'no':7,'l':$,'beds':[{'id':'a','x':1,'l':$}]}]}".replace("$", LONG));
    Json to =
        parse("{'rooms':[{'no':7,'l':$,'beds':[{'id':'a','x':2,'l':$}]}]}".replace("$", LONG));

    Patch diff = Diff.between(from, to, Keys.of(Map.of("/rooms", "no", "/rooms/*/beds", "id")));

    assertThat(summary(diff)).isEqualTo("replace /rooms/no=7/beds/id=a/x");
    assertThat(diff.applyTo(from)).isEqualTo(to);
  }

  @Test
  void keysAreFoundByPattern() throws PatchRefused {
    Keys keys = Keys.of(Map.of("/a/*/b", "id", "/a/x/b", "no", "", "name"));

    assertThat(keys.member(Pointer.root())).contains("name");
    assertThat(keys.member(Pointer.parse("/a/1/b"))).contains("id");
    assertThat(keys.member(Pointer.parse("/a/x/b"))).contains("id");
    assertThat(keys.member(Pointer.parse("/a/1"))).isEmpty();
    assertThat(keys.member(Pointer.parse("/a/1/c"))).isEmpty();
    assertThat(Keys.none().member(Pointer.root())).isEmpty();
    assertThat(Keys.of(Map.of())).isSameAs(Keys.none());
  }

  @Test
  void whatIsDeeperThanDocumentsUsuallyAreIsReplacedWhole() throws PatchRefused, JsonRefused {
    Json before = deep("1," + LONG);
    Json after = deep("2," + LONG);

    Patch diff = Diff.between(before, after);

    assertThat(diff.ops()).hasSize(1);
    assertThat(diff.ops().get(0).path().tokens()).hasSize(64);
    assertThat(diff.ops().get(0).applyTo(before)).isEqualTo(after);
  }

  private static Json deep(String content) throws JsonRefused {
    String text = "{'a':".repeat(70) + "[" + content + "]" + "}".repeat(70);
    byte[] utf8 = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return JsonReader.read(utf8, new Limits(71, 1000, 1000));
  }

  @Test
  void keysThatCannotWorkAreRefused() {
    PatchRefused member =
        catchThrowableOfType(PatchRefused.class, () -> Keys.of(Map.of("/a", "x=y")));
    assertThat(member.detail()).isEqualTo("key: x=y (expected: a member without =)");
    assertThat(member.pointer()).isEqualTo("/a");
    assertThat(catchThrowableOfType(PatchRefused.class, () -> Keys.of(Map.of("a", "id")))
            .reason())
        .isEqualTo(PatchRefused.Reason.BAD_PATCH);
  }

  @Test
  void aFewChangesInALongArrayAreFoundInPlace() throws PatchRefused {
    JsonArray before = Documents.records(5000);
    JsonArray after = before.with(3, Documents.record(9)).with(4900, Documents.record(8));

    Patch diff = Diff.between(before, after);

    assertThat(summary(diff)).isEqualTo("replace /3, replace /4900");
  }

  @Test
  void aShiftOfALongArrayIsTwoOps() {
    JsonArray before = Documents.records(3000);
    JsonArray after = before.without(0).insert(2999, Documents.record(5000)).without(1500);

    assertThat(summary(Diff.between(before, after))).isEqualTo("remove /0, remove /1500, add /-");
  }

  @Test
  void arraysWithNothingInCommonAreReplaced() throws PatchRefused {
    List<Json> numbers = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      numbers.add(JsonNumber.of(i));
    }
    Json before = JsonArray.of(numbers);
    Collections.shuffle(numbers, new Random(1));
    Json after = JsonArray.of(numbers);

    Patch diff = Diff.between(before, after);

    assertThat(summary(diff)).isEqualTo("replace");
    assertThat(diff.applyTo(before)).isEqualTo(after);
  }

  @Test
  void aDiffNeverHasMoreOpsThanAPatchMayHave() throws PatchRefused {
    List<Json> before = new ArrayList<>();
    List<Json> after = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) {
      before.add(parse("{'l':" + LONG + ",'x':1}"));
      after.add(parse("{'l':" + LONG + ",'x':2}"));
    }

    assertThat(summary(Diff.between(JsonArray.of(before), JsonArray.of(after))))
        .isEqualTo("replace");
    assertThat(Diff.between(
                JsonArray.of(before.subList(1, 10_001)), JsonArray.of(after.subList(1, 10_001)))
            .ops())
        .hasSize(10_000);
  }

  @Test
  void aDiffLooksOnlyAtWhatIsNotShared() {
    JsonObject before = JsonObject.empty();
    for (int i = 0; i < 2000; i++) {
      before = before.with("k" + i, Documents.records(3));
    }
    JsonObject after = before.with("k77", JsonNull.NULL);

    assertThat(summary(Diff.between(before, after))).isEqualTo("replace /k77");
    assertThat(Diff.between(before, before).ops()).isEmpty();
  }

  @Test
  void equalElementsOfAnArrayDoNotConfuseIt() throws PatchRefused {
    for (String[] pair : new String[][] {
      {"[1,1,1,1]", "[1,1,2,1,1]"}, {"[1,2,1,2,1]", "[2,1,2,1,2]"}, {"[]", "[0]"}, {"[0]", "[]"}
    }) {
      Patch diff = Diff.between(array(pair[0]), array(pair[1]));
      assertThat(diff.applyTo(array(pair[0]))).isEqualTo(array(pair[1]));
    }
  }

  private static String summary(Patch patch) {
    StringBuilder summary = new StringBuilder();
    for (Op op : patch.ops()) {
      summary.append(summary.length() == 0 ? "" : ", ").append(op.name()).append(' ');
      summary.append(op instanceof Op.Move move ? move.from() + " " : "").append(op.path());
    }
    return patch.ops().size() == 1 ? summary.toString().stripTrailing() : summary.toString();
  }
}
