package io.holdfast.document;

import static io.holdfast.document.Documents.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.document.PatchRefused.Reason;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{}; patch: {} (expected: an array of ops); ``",
        "[1]; op 0: 1 (expected: an object); ``",
        "[{'path':'/a'}]; op 0, op: missing (expected: one of add, remove, replace, move, copy, test, inc, merge); /a",
        "[{'op':'remove','path':'/a'},{'op':'spam','path':'/b'}]; op 1, op: \"spam\" (expected: one of add, remove, replace, move, copy, test, inc, merge); /b",
        "[{'op':1,'path':'/b'}]; op 0, op: 1 (expected: one of add, remove, replace, move, copy, test, inc, merge); /b",
        "[{'op':'remove'}]; op 0, path: missing (expected: a JSON pointer); ``",
        "[{'op':'remove','path':3}]; op 0, path: 3 (expected: a JSON pointer); ``",
        "[{'op':'remove','path':'a'}]; op 0, path: pointer: \"a\" (expected: empty or starting with /); a",
        "[{'op':'add','path':'/a'}]; op 0, value: missing (expected: any value); /a",
        "[{'op':'test','path':'/a'}]; op 0, value: missing (expected: any value); /a",
        "[{'op':'replace','path':'/a'}]; op 0, value: missing (expected: any value); /a",
        "[{'op':'merge','path':'/a'}]; op 0, value: missing (expected: any value); /a",
        "[{'op':'inc','path':'/a'}]; op 0, value: missing (expected: any value); /a",
        "[{'op':'inc','path':'/a','value':'1'}]; op 0, value: \"1\" (expected: a number); /a",
        "[{'op':'move','path':'/a'}]; op 0, from: missing (expected: a JSON pointer); /a",
        "[{'op':'copy','path':'/a','from':null}]; op 0, from: null (expected: a JSON pointer); /a",
        "[{'op':'copy','path':'/a','from':'~'}]; op 0, from: pointer: \"~\" (expected: empty or starting with /); /a"
      })
  void refusesWhatIsNoPatch(String json, String detail, String pointer) {
    PatchRefused refused = catchThrowableOfType(PatchRefused.class, () -> Patch.parse(parse(json)));

    assertThat(refused.reason()).isEqualTo(Reason.BAD_PATCH);
    assertThat(refused.detail()).isEqualTo(detail);
    assertThat(refused.pointer()).isEqualTo(pointer);
  }

  @Test
  void ignoresMembersItDoesNotKnow() throws PatchRefused {
    assertThat(Patch.parse(parse("[{'op':'remove','path':'/a','value':1,'x':2}]")))
        .isEqualTo(new Patch(List.of(new Op.Remove(Pointer.parse("/a")))));
  }

  @Test
  void refusesTooManyOps() throws PatchRefused {
    JsonObject op = (JsonObject) parse("{'op':'test','path':'','value':0}");
    JsonArray most = JsonArray.of(Collections.nCopies(10_000, op));

    assertThat(Patch.parse(most).ops()).hasSize(10_000);
    assertThat(catchThrowableOfType(PatchRefused.class, () -> Patch.parse(most.insert(0, op)))
            .detail())
        .isEqualTo("patch: 10001 ops (expected: at most 10000)");
  }

  @Test
  void aPatchOfNothingChangesNothing() throws PatchRefused {
    Json document = parse("{'a':1}");

    assertThat(Patch.parse(JsonArray.empty()).applyTo(document)).isSameAs(document);
  }

  @Test
  void opsSeeWhatThoseBeforeThemDid() throws PatchRefused {
    Patch patch = Patch.parse(
        parse("[{'op':'add','path':'/a','value':[]},{'op':'add','path':'/a/-','value':1},"
            + "{'op':'move','from':'/a/0','path':'/b'},{'op':'inc','path':'/b','value':1}]"));

    assertThat(patch.applyTo(JsonObject.empty())).isEqualTo(parse("{'a':[],'b':2}"));
  }

  @Test
  void aPatchThatUndoesItselfGivesTheDocumentItself() throws PatchRefused {
    Json document = parse("{'a':{'b':1},'c':[1]}");
    Patch patch =
        Patch.parse(parse("[{'op':'replace','path':'/a/b','value':2},{'op':'remove','path':'/c'},"
            + "{'op':'replace','path':'/a/b','value':1},{'op':'add','path':'/c','value':[1]}]"));

    assertThat(patch.applyTo(document)).isSameAs(document);
  }

  @Test
  void aFailedPatchLeavesTheDocumentAsItWas() throws PatchRefused {
    Json document = Documents.records(100);
    Patch patch = Patch.parse(
        parse(
            "[{'op':'remove','path':'/5'},{'op':'replace','path':'/7/id','value':0},{'op':'test','path':'/0','value':1}]"));

    PatchRefused refused = catchThrowableOfType(PatchRefused.class, () -> patch.applyTo(document));

    assertThat(refused.reason()).isEqualTo(Reason.TEST_FAILED);
    assertThat(document).isEqualTo(Documents.records(100));
  }

  @Test
  void aChangeOfOneFieldSharesEverythingElse() throws PatchRefused {
    JsonArray document = Documents.records(10_000);
    Patch patch = Patch.parse(parse("[{'op':'replace','path':'/5000/title','value':'new'}]"));

    Json after = patch.applyTo(document);

    assertThat(TreeShape.newNodes(document, after)).isEqualTo(document.root().height + 2);
  }

  @Test
  void refusesToGrowDeeperThanLimitsAllow() throws PatchRefused {
    Json document = parse("[".repeat(63) + "]".repeat(63));
    Patch deeper = new Patch(List.of(new Op.Copy(Pointer.root(), Pointer.parse("/-"))));

    assertThat(deeper.applyTo(document).depth()).isEqualTo(64);
    PatchRefused refused =
        catchThrowableOfType(PatchRefused.class, () -> deeper.applyTo(deeper.applyTo(document)));
    assertThat(refused.reason()).isEqualTo(Reason.TOO_DEEP);
    assertThat(refused.detail()).isEqualTo("op 0, copy: depth: 65 (expected: at most 64)");
    assertThat(catchThrowableOfType(
                PatchRefused.class, () -> deeper.applyTo(parse("[[]]"), new Limits(2, 1, 99)))
            .reason())
        .isEqualTo(Reason.TOO_DEEP);
  }

  @Test
  void refusesToGrowLargerThanLimitsAllow() throws PatchRefused {
    Op twice = new Op.Copy(Pointer.root(), Pointer.parse("/-"));

    assertThat(new Patch(List.of(twice)).applyTo(parse("[1]"), new Limits(9, 1, 7)))
        .isEqualTo(parse("[1,[1]]"));
    PatchRefused refused = catchThrowableOfType(PatchRefused.class, () -> new Patch(List.of(twice))
        .applyTo(parse("[1]"), new Limits(9, 1, 6)));
    assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refused.detail()).isEqualTo("op 0, copy: document: 7 bytes (expected: at most 6)");
    assertThat(
            catchThrowableOfType(PatchRefused.class, () -> new Patch(Collections.nCopies(63, twice))
                    .applyTo(JsonArray.empty()))
                .reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void copiesOfCopiesCostNoTime() throws PatchRefused {
    Op.Copy twins = new Op.Copy(Pointer.parse("/a"), Pointer.parse("/a/-"));
    Op.Copy others = new Op.Copy(Pointer.parse("/b"), Pointer.parse("/b/-"));
    List<Op> ops = new java.util.ArrayList<>();
    for (int i = 0; i < 27; i++) {
      ops.add(twins);
      ops.add(others);
    }
    ops.add(new Op.Copy(Pointer.parse("/a"), Pointer.parse("/b")));
    ops.add(new Op.Replace(Pointer.root(), JsonNull.NULL));

    assertThat(new Patch(ops).applyTo(parse("{'a':[0],'b':[0]}"))).isSameAs(JsonNull.NULL);
  }

  @Test
  void deepMergesAreRefusedNotOverflowed() {
    Json deep = parse("{'a':".repeat(60) + "1" + "}".repeat(60));
    Pointer bottom = Pointer.of(Collections.nCopies(59, "a"));
    Patch merge = new Patch(List.of(new Op.Merge(bottom, deep)));

    assertThat(
            catchThrowableOfType(PatchRefused.class, () -> merge.applyTo(deep)).reason())
        .isEqualTo(Reason.TOO_DEEP);
  }
}
