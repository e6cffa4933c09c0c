package io.holdfast.kind;

import static io.holdfast.kind.Texts.json;
import static io.holdfast.kind.Texts.schema;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'integer'}                              | 'x'            | document: \"x\" (expected: integer)",
        "{'type':['string','null']}                      | 1.5            | document: 1.5 (expected: string or null)",
        "{'type':'number'}                               | {'a':1}        | document: an object of 1 member (expected: number)",
        "{'properties':{'age':{'minimum':0}}}            | {'age':-3}     | age: -3 (expected: ≥ 0)",
        "{'properties':{'age':{'exclusiveMinimum':0}}}   | {'age':0}      | age: 0 (expected: > 0)",
        "{'properties':{'age':{'maximum':9}}}            | {'age':10}     | age: 10 (expected: ≤ 9)",
        "{'properties':{'age':{'exclusiveMaximum':9}}}   | {'age':9}      | age: 9 (expected: < 9)",
        "{'multipleOf':0.1}                              | 0.35           | document: 0.35 (expected: a multiple of 0.1)",
        "{'minLength':3}                                 | 'ab'           | document: 2 characters (expected: at least 3 characters)",
        "{'maxLength':1}                                 | 'ab'           | document: 2 characters (expected: at most 1 character)",
        "{'pattern':'^[a-z]+$'}                          | 'A b'          | document: \"A b\" (expected: text that matches ^[a-z]+$)",
        "{'enum':['red','green']}                        | 'pink'         | document: \"pink\" (expected: one of \"red\", \"green\")",
        "{'const':7}                                     | 8              | document: 8 (expected: 7)",
        "{'required':['topic']}                          | {}             | topic: missing (expected: present)",
        "{'dependentRequired':{'a':['b']}}               | {'a':1}        | b: missing (expected: present where a is)",
        "{'minProperties':1}                             | {}             | document: an object of 0 members (expected: at least 1 member)",
        "{'maxProperties':1}                             | {'a':1,'b':2}  | document: an object of 2 members (expected: at most 1 member)",
        "{'minItems':1}                                  | []             | document: an array of 0 items (expected: at least 1 item)",
        "{'maxItems':1}                                  | [1,2]          | document: an array of 2 items (expected: at most 1 item)",
        "{'uniqueItems':true}                            | [1,2,1.0]      | item 2: the same as item 0 (expected: different from every other item)",
        "{'contains':{'const':1}}                        | [2]            | document: 0 matching items (expected: at least 1)",
        "{'contains':{'const':1},'maxContains':1}        | [1,1]          | document: 2 matching items (expected: at most 1)",
        "{'items':{'items':{'type':'null'}}}             | [[null],[1]]   | item 1/0: 1 (expected: null)",
        "{'properties':{'a':{}},'additionalProperties':false} | {'a':1,'b':2} | b: not allowed (expected: only a)",
        "{'propertyNames':{'maxLength':2}}               | {'abc':1}      | abc: name 3 characters (expected: at most 2 characters)",
        "{'not':{'const':1}}                             | 1              | document: 1 (expected: anything but what the schema excludes here)",
        "{'anyOf':[{'type':'string'},{'type':'null'}]}   | 1              | document: 1 (expected: string or null)",
        "{'anyOf':[{'required':['a']},{'required':['b']}]} | {}           | a: missing (expected: present)",
        "{'anyOf':[{'minimum':3},{'maximum':1}]}         | 2              | document: 2 (expected: to match one of 2 alternatives)",
        "{'oneOf':[{'minimum':1},{'minimum':2}]}         | 2              | document: 2 (expected: to match exactly one of the alternatives, not 2)",
        "{'if':{'required':['a']},'then':{'required':['b']}} | {'a':1}    | b: missing (expected: present)",
        "{'dependentSchemas':{'a':{'required':['b']}}}   | {'a':1}        | b: missing (expected: present)",
        "{'properties':{'a':{}},'unevaluatedProperties':false} | {'c':1}  | c: not allowed (expected: only what the schema names)",
        "{'properties':{'a':false}}                      | {'a':1}        | a: not allowed (expected: only a)",
        "false                                           | 1              | document: not allowed (expected: nothing here)",
      })
  void saysWhatIsWrongSoThatAPersonUnderstands(String schema, String document, String detail) {
    assertThat(schema(schema).check(json(document))).map(Violation::detail).contains(detail);
  }

  @Test
  void pointsAtTheOffendingPlace() {
    Schema schema = schema("{'properties':{'a/b':{'items':{'required':['x~y']}}}}");

    assertThat(schema.check(json("{'a/b':[{'x~y':1},{}]}")))
        .map(Violation::pointer)
        .contains("/a~1b/1/x~0y");
  }

  @Test
  void cutsLongTextsInDetails() {
    Violation violation =
        schema("{'type':'integer'}").check(json("'" + "😀".repeat(5000) + "'")).orElseThrow();

    assertThat(violation.detail()).hasSizeLessThan(120).contains("…");
  }

  @Test
  void countsAMemberAsEvaluatedOnlyWhereItsBranchIsMet() {
    Schema schema = schema(
        "{'anyOf':[{'properties':{'a':{'const':1}},'required':['a']},{'properties':{'b':{}},'required':['b']}],"
            + "'unevaluatedProperties':false}");

    assertThat(schema.check(json("{'a':1,'b':1}"))).isEmpty();
    assertThat(schema.check(json("{'a':2,'b':1}"))).map(Violation::pointer).contains("/a");
  }

  @Test
  void countsAMemberAsEvaluatedByAConditionOnlyWhereItHolds() {
    Schema schema = schema(
        "{'if':{'properties':{'a':{'const':1}},'required':['a']},'unevaluatedProperties':false}");

    assertThat(schema.check(json("{'a':1}"))).isEmpty();
    assertThat(schema.check(json("{'a':2}"))).map(Violation::pointer).contains("/a");
  }

  @Test
  void takesFormatAsANote() {
    assertThat(schema("{'format':'email'}").check(json("'nobody'"))).isEmpty();
  }

  @Test
  void followsReferencesInCirclesThatGoDeeper() {
    Schema tree = schema(
        "{'properties':{'left':{'$ref':'#'},'value':{'$ref':'#/$defs/v'}},'$defs':{'v':{'type':'integer'}}}");

    assertThat(tree.check(json("{'left':{'left':{'value':1}}}"))).isEmpty();
    assertThat(tree.check(json("{'left':{'left':{'value':'x'}}}")))
        .map(Violation::pointer)
        .contains("/left/left/value");
  }

  @Test
  void findsAnchorsAndEmbeddedResources() {
    Schema schema = schema(
        "{'$id':'https://example.org/root','properties':{'a':{'$ref':'#n'},'b':{'$ref':'part'},'c':{'$ref':'part#m'}},"
            + "'$defs':{'x':{'$anchor':'n','type':'null'},'y':{'$id':'part','type':'string','$defs':{'z':{'$anchor':'m','type':'array'}}}}}");

    assertThat(schema.check(json("{'a':null,'b':'','c':[]}"))).isEmpty();
    assertThat(schema.check(json("{'a':1}"))).isPresent();
    assertThat(schema.check(json("{'b':1}"))).isPresent();
    assertThat(schema.check(json("{'c':1}"))).isPresent();
  }

  @Test
  void followsDynamicReferencesThroughSeveralResources() {
    Schema strictTree = schema(
        "{'$id':'https://example.org/strict','$dynamicAnchor':'node','$ref':'tree','unevaluatedProperties':false,"
            + "'$defs':{'tree':{'$id':'tree','$dynamicAnchor':'node','type':'object',"
            + "'properties':{'data':true,'children':{'type':'array','items':{'$dynamicRef':'#node'}}}}}}");

    assertThat(strictTree.check(json("{'children':[{'data':1}]}"))).isEmpty();
    assertThat(strictTree.check(json("{'children':[{'daat':1}]}")))
        .map(Violation::pointer)
        .contains("/children/0/daat");
    assertThat(strictTree.notIncremental()).isEmpty();
  }

  @Test
  void letsTheOuterOfTwoResourcesSettleADynamicReference() {
    Schema integers = schema(
        "{'$id':'https://example.org/integers','$ref':'list','$defs':{'n':{'$dynamicAnchor':'n','type':'integer'},"
            + "'list':{'$id':'list','prefixItems':[{'$dynamicRef':'#m'}],'items':{'$dynamicRef':'#n'},"
            + "'$defs':{'n':{'$dynamicAnchor':'n'},'m':{'$dynamicAnchor':'m','type':'string'}}}}}");

    assertThat(integers.check(json("['x',1]"))).isEmpty();
    assertThat(integers.check(json("['x','y']"))).map(Violation::pointer).contains("/1");
    assertThat(integers.check(json("[1,1]"))).map(Violation::pointer).contains("/0");
  }

  @Test
  void judgesManyDocumentsAtOnce() {
    Schema schema =
        schema("{'items':{'properties':{'a':{'type':'integer'}},'unevaluatedProperties':false}}");
    var good = json("[{'a':1},{'a':2}]");
    var bad = json("[{'a':1},{'b':2}]");

    var verdicts = IntStream.range(0, 200)
        .mapToObj(i -> CompletableFuture.supplyAsync(
            () -> schema.check(i % 2 == 0 ? good : bad).isEmpty()))
        .toList();

    for (int i = 0; i < verdicts.size(); i++) {
      assertThat(verdicts.get(i).join()).isEqualTo(i % 2 == 0);
    }
  }
}
