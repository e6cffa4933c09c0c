package io.holdfast.document;

import static io.holdfast.document.Documents.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.document.PatchRefused.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each op does, as {@code document ; op ; result}. */
class OpTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'a':1}; {'op':'add','path':'/b','value':2}; {'a':1,'b':2}",
        "{'a':1}; {'op':'add','path':'/a','value':null}; {'a':null}",
        "{'a':1}; {'op':'add','path':'','value':[1]}; [1]",
        "[1,2]; {'op':'add','path':'/0','value':0}; [0,1,2]",
        "[1,2]; {'op':'add','path':'/2','value':3}; [1,2,3]",
        "[1,2]; {'op':'add','path':'/-','value':3}; [1,2,3]",
        "[]; {'op':'add','path':'/-','value':[]}; [[]]",
        "{'-':1}; {'op':'add','path':'/-','value':2}; {'-':2}",
        "[{'id':1}]; {'op':'add','path':'/id=1','value':7}; [7]",
        "[{'id':1}]; {'op':'add','path':'/id=2','value':{'id':2,'x':0}}; [{'id':1},{'id':2,'x':0}]",
        "[{'id':1}]; {'op':'add','path':'/id=2','value':{'id':'2'}}; [{'id':1},{'id':'2'}]",
        "[{'id':1}]; {'op':'add','path':'/id=1/x','value':2}; [{'id':1,'x':2}]",
        "{'a':{'b':[{'c':1}]}}; {'op':'add','path':'/a/b/0/d','value':2}; {'a':{'b':[{'c':1,'d':2}]}}",
        "{'a':1}; {'op':'remove','path':'/a'}; {}",
        "{'a':1}; {'op':'remove','path':''}; null",
        "[1,2,3]; {'op':'remove','path':'/1'}; [1,3]",
        "[{'id':1},{'id':2}]; {'op':'remove','path':'/id=2'}; [{'id':1}]",
        "{'a':1}; {'op':'replace','path':'/a','value':{'b':2}}; {'a':{'b':2}}",
        "{'a':1}; {'op':'replace','path':'','value':null}; null",
        "[1,2]; {'op':'replace','path':'/1','value':3}; [1,3]",
        "[{'id':1},{'id':1}]; {'op':'replace','path':'/id=1','value':3}; [3,{'id':1}]",
        "{'a':1}; {'op':'move','from':'/a','path':'/b'}; {'b':1}",
        "{'a':1,'b':2}; {'op':'move','from':'/a','path':'/b'}; {'b':1}",
        "{'a':{'b':1}}; {'op':'move','from':'/a/b','path':''}; 1",
        "{'a':{'b':1}}; {'op':'move','from':'/a/b','path':'/a'}; {'a':1}",
        "[1,2,3]; {'op':'move','from':'/0','path':'/2'}; [2,3,1]",
        "[1,2,3]; {'op':'move','from':'/0','path':'/-'}; [2,3,1]",
        "[1,2,3]; {'op':'move','from':'/2','path':'/0'}; [3,1,2]",
        "[1,2,3]; {'op':'move','from':'/1','path':'/1'}; [1,2,3]",
        "[{'id':1},{'id':2}]; {'op':'move','from':'/id=2','path':'/0'}; [{'id':2},{'id':1}]",
        "[{'id':1},{'id':2}]; {'op':'move','from':'/id=1','path':'/id=2/sub'}; [{'id':2,'sub':{'id':1}}]",
        "{'a':1,'ab':{}}; {'op':'move','from':'/a','path':'/ab/c'}; {'ab':{'c':1}}",
        "{'a':[1]}; {'op':'copy','from':'/a','path':'/a/-'}; {'a':[1,[1]]}",
        "{'a':1}; {'op':'copy','from':'','path':'/b'}; {'a':1,'b':{'a':1}}",
        "{'a':1}; {'op':'copy','from':'/a','path':''}; 1",
        "[{'id':1},{'id':2}]; {'op':'copy','from':'/id=1','path':'/id=2'}; [{'id':1},{'id':1}]",
        "{'a':[1,{'b':null}]}; {'op':'test','path':'/a','value':[1.0,{'b':null}]}; {'a':[1,{'b':null}]}",
        "{'a':1}; {'op':'inc','path':'/a','value':41}; {'a':42}",
        "{'a':1}; {'op':'inc','path':'/a','value':-1}; {'a':0}",
        "[0.5]; {'op':'inc','path':'/0','value':0.25}; [0.75]",
        "1; {'op':'inc','path':'','value':1}; 2",
        "[{'id':1,'n':3}]; {'op':'inc','path':'/id=1/n','value':1}; [{'id':1,'n':4}]",
        "{'a':{'b':1,'c':2}}; {'op':'merge','path':'/a','value':{'b':null,'d':3}}; {'a':{'c':2,'d':3}}",
        "{'a':1}; {'op':'merge','path':'/b/c','value':{'d':1}}; !",
        "{'a':1}; {'op':'merge','path':'/b','value':{'c':{'d':null,'e':1}}}; {'a':1,'b':{'c':{'e':1}}}",
        "{'a':1}; {'op':'merge','path':'/a','value':null}; {'a':null}",
        "[{'id':1}]; {'op':'merge','path':'/id=2','value':{'id':2}}; [{'id':1},{'id':2}]",
        "[{'id':1}]; {'op':'merge','path':'/id=1','value':{'x':2}}; [{'id':1,'x':2}]",
        "[{'id':1}]; {'op':'merge','path':'/-','value':{'x':null}}; [{'id':1},{}]"
      })
  void does(String document, String op, String result) throws PatchRefused {
    Patch patch = Patch.parse(parse("[" + op + "]"));
    if (result.equals("!")) {
      assertThat(catchThrowableOfType(PatchRefused.class, () -> patch.applyTo(parse(document))))
          .isNotNull();
      return;
    }
    assertThat(patch.applyTo(parse(document))).isEqualTo(parse(result));
    assertThat(patch.ops().get(0).applyTo(parse(document))).isEqualTo(parse(result));
    assertThat(patch.toJson()).isEqualTo(parse("[" + op + "]"));
    assertThat(Patch.parse(patch.toJson())).isEqualTo(patch).hasSameHashCodeAs(patch);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'a':1}; {'op':'add','path':'/b/c','value':2}; NO_SUCH_PATH; nothing at /b (expected: a value)",
        "{'a':1}; {'op':'add','path':'/a/c','value':2}; NO_SUCH_PATH; parent: 1 (expected: an object or array)",
        "{'a':1}; {'op':'add','path':'/a/b/c','value':2}; NO_SUCH_PATH; nothing at /a/b (expected: a value)",
        "[1]; {'op':'add','path':'/2','value':2}; NO_SUCH_PATH; index: 2 (expected: 0 to 1, or -)",
        "[1]; {'op':'add','path':'/01','value':2}; NO_SUCH_PATH; index: 01 (expected: 0 to 1, or -)",
        "[1]; {'op':'add','path':'/a','value':2}; NO_SUCH_PATH; index: a (expected: 0 to 1, or -)",
        "[[1]]; {'op':'add','path':'/1/0','value':2}; NO_SUCH_PATH; nothing at /1 (expected: a value)",
        "[]; {'op':'add','path':'/id=1','value':{'id':2}}; BAD_PATCH; value: {\"id\":2} (expected: an object with id=1)",
        "[]; {'op':'add','path':'/id=1','value':5}; BAD_PATCH; value: 5 (expected: an object with id=1)",
        "{'a':1}; {'op':'remove','path':'/b'}; NO_SUCH_PATH; nothing at /b (expected: a value)",
        "[1]; {'op':'remove','path':'/1'}; NO_SUCH_PATH; nothing at /1 (expected: a value)",
        "[1]; {'op':'remove','path':'/-'}; NO_SUCH_PATH; nothing at /- (expected: a value)",
        "5; {'op':'remove','path':'/a'}; NO_SUCH_PATH; nothing at /a (expected: a value)",
        "{'a':1}; {'op':'replace','path':'/b','value':1}; NO_SUCH_PATH; nothing at /b (expected: a value)",
        "[1]; {'op':'replace','path':'/1','value':1}; NO_SUCH_PATH; nothing at /1 (expected: a value)",
        "{'a':1}; {'op':'move','from':'/b','path':'/c'}; NO_SUCH_PATH; nothing at /b (expected: a value)",
        "{'a':1}; {'op':'move','from':'/b','path':'/b'}; NO_SUCH_PATH; nothing at /b (expected: a value)",
        "{'a':{'b':1}}; {'op':'move','from':'/a','path':'/a/b'}; BAD_PATCH; into itself: /a/b (expected: a path outside /a)",
        "{'a':1}; {'op':'move','from':'','path':'/b'}; BAD_PATCH; into itself: /b (expected: a path outside )",
        "[{'id':1}]; {'op':'move','from':'/id=1','path':'/0/x'}; BAD_PATCH; into itself: /0/x (expected: a path outside /id=1)",
        "[{'id':1}]; {'op':'move','from':'/0','path':'/id=1/x'}; BAD_PATCH; into itself: /id=1/x (expected: a path outside /0)",
        "{'a':1}; {'op':'copy','from':'/b','path':'/c'}; NO_SUCH_PATH; nothing at /b (expected: a value)",
        "{'a':1}; {'op':'copy','from':'/a','path':'/c/d'}; NO_SUCH_PATH; nothing at /c (expected: a value)",
        "{'a':1}; {'op':'test','path':'/a','value':2}; TEST_FAILED; value: 1 (expected: 2)",
        "{'a':1}; {'op':'test','path':'/a','value':'1'}; TEST_FAILED; value: 1 (expected: \"1\")",
        "{'a':1}; {'op':'test','path':'/b','value':null}; TEST_FAILED; value: nothing (expected: null)",
        "{'a':'x'}; {'op':'inc','path':'/a','value':1}; INVALID; target: \"x\" (expected: a number)",
        "{'a':1e308}; {'op':'inc','path':'/a','value':1e308}; INVALID; sum: 1e+308 + 1e+308 (expected: within double range)",
        "{'a':1}; {'op':'inc','path':'/b','value':1}; NO_SUCH_PATH; nothing at /b (expected: a value)",
        "{'a':1}; {'op':'merge','path':'/b/c','value':{}}; NO_SUCH_PATH; nothing at /b (expected: a value)",
        "[]; {'op':'merge','path':'/id=1','value':{'id':2}}; BAD_PATCH; value: {\"id\":2} (expected: an object with id=1)"
      })
  void refuses(String document, String op, Reason reason, String detail) throws PatchRefused {
    Patch patch =
        Patch.parse(parse("[{'op':'test','path':'','value':" + document + "}," + op + "]"));
    Json before = parse(document);

    PatchRefused refused = catchThrowableOfType(PatchRefused.class, () -> patch.applyTo(before));

    Op failing = patch.ops().get(1);
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.detail()).isEqualTo("op 1, " + failing.name() + ": " + detail);
    assertThat(refused.pointer()).isEqualTo(failing.path().toString());
    assertThat(before).isEqualTo(parse(document));
    assertThat(refused.getStackTrace()).isEmpty();
  }

  /** RFC 7386, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'a':'b'}; {'a':'c'}; {'a':'c'}",
        "{'a':'b'}; {'b':'c'}; {'a':'b','b':'c'}",
        "{'a':'b'}; {'a':null}; {}",
        "{'a':'b','b':'c'}; {'a':null}; {'b':'c'}",
        "{'a':['b']}; {'a':'c'}; {'a':'c'}",
        "{'a':'c'}; {'a':['b']}; {'a':['b']}",
        "{'a':{'b':'c'}}; {'a':{'b':'d','c':null}}; {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]}; {'a':[1]}; {'a':[1]}",
        "['a','b']; ['c','d']; ['c','d']",
        "{'a':'b'}; ['c']; ['c']",
        "{'a':'foo'}; null; null",
        "{'a':'foo'}; 'bar'; 'bar'",
        "{'e':null}; {'a':1}; {'e':null,'a':1}",
        "[1,2]; {'a':'b','c':null}; {'a':'b'}",
        "{}; {'a':{'bb':{'ccc':null}}}; {'a':{'bb':{}}}"
      })
  void mergesAsTheRfcSays(String document, String patch, String result) throws PatchRefused {
    Op merge = new Op.Merge(Pointer.root(), parse(patch));

    assertThat(merge.applyTo(parse(document))).isEqualTo(parse(result));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'replace','path':'/a','value':[1,2]}",
        "{'op':'add','path':'/a','value':[1,2]}",
        "{'op':'add','path':'','value':{'a':[1,2],'b':{'id':1}}}",
        "{'op':'replace','path':'','value':{'a':[1,2],'b':{'id':1}}}",
        "{'op':'replace','path':'/a/1','value':2.0}",
        "{'op':'add','path':'/b/id','value':1}",
        "{'op':'move','from':'/a','path':'/a'}",
        "{'op':'test','path':'/a/0','value':1}",
        "{'op':'copy','from':'/a/0','path':'/b/id'}",
        "{'op':'inc','path':'/a/0','value':0}",
        "{'op':'merge','path':'','value':{'a':[1,2],'c':null,'b':{}}}",
        "{'op':'merge','path':'/b','value':{'id':1}}"
      })
  void whatChangesNothingGivesTheDocumentItself(String op) throws PatchRefused {
    Json document = parse("{'a':[1,2],'b':{'id':1}}");

    assertThat(Patch.parse(parse("[" + op + "]")).applyTo(document)).isSameAs(document);
  }

  @Test
  void anEqualValueLeavesTheOldOneInPlace() throws PatchRefused {
    JsonObject document = (JsonObject) parse("{'a':{'x':[1,2]},'l':[{'id':1}]}");
    Json kept = document.member("a").orElseThrow();
    Patch patch = Patch.parse(
        parse(
            "[{'op':'replace','path':'/a','value':{'x':[1,2]}},{'op':'add','path':'/l/id=1','value':{'id':1}},"
                + "{'op':'add','path':'/b','value':1},{'op':'replace','path':'/l/0','value':{'id':1}}]"));

    JsonObject after = (JsonObject) patch.applyTo(document);

    assertThat(after.member("a")).containsSame(kept);
    assertThat(after.member("l")).containsSame(document.member("l").orElseThrow());
  }
}
