package io.holdfast.kind;

import static io.holdfast.kind.Texts.json;
import static io.holdfast.kind.Texts.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a change makes a schema look at. What is wrong but was there before must go unnoticed: that shows it was not looked at. */
class IncrementalSchemaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // schema | a document with something wrong in it | an allowed change elsewhere
        "{'additionalProperties':{'type':'integer'}} | {'wrong':'x','a':1} | {'op':'replace','path':'/a','value':2}",
        "{'properties':{'a':{},'wrong':false}} | {'wrong':'x','a':1} | {'op':'add','path':'/b','value':2}",
        "{'patternProperties':{'^w':{'type':'null'}}} | {'wrong':'x','a':1} | {'op':'remove','path':'/a'}",
        "{'propertyNames':{'maxLength':1}} | {'wrong':'x','a':1} | {'op':'add','path':'/b','value':2}",
        "{'items':{'type':'integer'}} | ['wrong',1,2] | {'op':'replace','path':'/1','value':7}",
        "{'items':{'type':'integer'}} | [1,2,'wrong'] | {'op':'add','path':'/1','value':7}",
        "{'items':{'type':'integer'}} | ['wrong',1,2] | {'op':'remove','path':'/1'}",
        "{'prefixItems':[{'type':'integer'}],'items':{'type':'null'}} | ['wrong',null] | {'op':'add','path':'/-','value':null}",
        "{'allOf':[{'properties':{'a':{'items':{'type':'null'}}}}]} | {'a':['wrong',null]} | {'op':'add','path':'/a/-','value':null}",
        "{'$ref':'#/$defs/d','$defs':{'d':{'items':{'type':'null'}}}} | ['wrong',null] | {'op':'add','path':'/-','value':null}",
        "{'anyOf':[{'type':'null'},{'items':{'type':'null'}}]} | ['wrong',null] | {'op':'add','path':'/-','value':null}",
        "{'oneOf':[{'type':'object'},{'type':'array','items':{'type':'null'}}]} | ['wrong',null] | {'op':'add','path':'/-','value':null}",
        "{'if':{'type':'array'},'then':{'items':{'type':'null'}}} | ['wrong',null] | {'op':'add','path':'/-','value':null}",
        "{'dependentSchemas':{'a':{'properties':{'b':{'type':'null'}}}}} | {'a':1,'b':'wrong'} | {'op':'replace','path':'/a','value':2}",
        "{'uniqueItems':true} | ['wrong','wrong',1] | {'op':'replace','path':'/2','value':2}",
      })
  void doesNotLookAtWhatDidNotChange(String schema, String before, String op) throws PatchRefused {
    Json was = json(before);
    Json is = Patch.parse(json("[" + op + "]")).applyTo(was);

    assertThat(schema(schema).check(is)).isPresent();
    assertThat(schema(schema).check(was, is)).isEmpty();
    assertThat(schema(schema).notIncremental()).isEmpty();
  }

  @Test
  void looksOnlyAtNewElementsWhenAnArrayChangesInTwoPlaces() throws PatchRefused {
    Json was = json("[0,'wrong',2,3]");
    Json is = Patch.parse(
            json("[{'op':'replace','path':'/0','value':7},{'op':'add','path':'/-','value':8}]"))
        .applyTo(was);

    assertThat(schema("{'items':{'type':'integer'}}").check(was, is)).isEmpty();
  }

  @Test
  void looksAgainAtElementsThatCameUnderAnotherSchemaByShifting() throws PatchRefused {
    Schema schema =
        schema("{'prefixItems':[{'type':'string'},{'type':'integer'}],'items':{'type':'null'}}");
    Json was = json("['a',1,null]");

    assertThat(
            schema.check(was, Patch.parse(json("[{'op':'remove','path':'/0'}]")).applyTo(was)))
        .isPresent();
    assertThat(schema.check(
            was, Patch.parse(json("[{'op':'add','path':'/0','value':'b'}]")).applyTo(was)))
        .isPresent();
    assertThat(
            schema.check(was, Patch.parse(json("[{'op':'remove','path':'/2'}]")).applyTo(was)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // schema | a valid document | a change that makes something else wrong
        "{'if':{'properties':{'t':{'const':1}}},'then':{'properties':{'a':{'type':'null'}}}} | {'t':2,'a':'x'} | {'op':'replace','path':'/t','value':1}",
        "{'if':{'properties':{'t':{'const':1}}},'else':{'properties':{'a':{'type':'null'}}}} | {'t':1,'a':'x'} | {'op':'replace','path':'/t','value':2}",
        "{'dependentSchemas':{'t':{'properties':{'a':{'type':'null'}}}}} | {'a':'x'} | {'op':'add','path':'/t','value':1}",
        "{'dependentRequired':{'t':['a']}} | {} | {'op':'add','path':'/t','value':1}",
        "{'dependentRequired':{'t':['a']}} | {'t':1,'a':1} | {'op':'remove','path':'/a'}",
        "{'required':['a']} | {'a':1} | {'op':'remove','path':'/a'}",
        "{'minProperties':1} | {'a':1} | {'op':'remove','path':'/a'}",
        "{'oneOf':[{'required':['a']},{'required':['b']}]} | {'a':1} | {'op':'add','path':'/b','value':1}",
        "{'not':{'required':['a','b']}} | {'a':1} | {'op':'add','path':'/b','value':1}",
        "{'contains':{'type':'null'}} | [null,1] | {'op':'remove','path':'/0'}",
        "{'contains':{'type':'null'},'maxContains':1} | [null,1] | {'op':'replace','path':'/1','value':null}",
        "{'uniqueItems':true} | [{'id':1},{'id':2}] | {'op':'replace','path':'/0','value':{'id':2}}",
        "{'uniqueItems':true} | [{'id':1},{'id':2}] | {'op':'copy','from':'/0','path':'/1'},{'op':'remove','path':'/2'}",
        "{'uniqueItems':true} | [{'id':1},{'id':2}] | {'op':'copy','from':'/0','path':'/-'}",
        "{'uniqueItems':true} | [{'id':1},{'id':2}] | {'op':'copy','from':'/0','path':'/0'},{'op':'add','path':'/0','value':9},{'op':'remove','path':'/3'}",
        "{'uniqueItems':true} | [0] | {'op':'replace','path':'','value':[1,2,3,4,5,6,7,8,9,10,1]}",
        "{'unevaluatedProperties':false,'if':{'required':['t']},'then':{'properties':{'a':{},'t':{}}}} | {'t':1,'a':1} | {'op':'remove','path':'/t'}",
        "{'unevaluatedItems':false,'contains':{'type':'null'}} | [null] | {'op':'add','path':'/-','value':1}",
        "{'anyOf':[{'type':'null'},{'type':'object','required':['a']}]} | null | {'op':'replace','path':'','value':{}}",
        "{'properties':{'a':{'maxItems':1}}} | {'a':[1]} | {'op':'add','path':'/a/-','value':1}",
      })
  void noticesWhatAChangeMakesWrong(String schema, String before, String ops) throws PatchRefused {
    Json was = json(before);
    Json is = Patch.parse(json("[" + ops + "]")).applyTo(was);

    assertThat(schema(schema).check(was)).isEmpty();
    assertThat(schema(schema).check(was, is))
        .isPresent()
        .isEqualTo(schema(schema).check(is));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'anyOf':[{'items':{'type':'null'}},{'items':{'type':'string'}}]} | /anyOf",
        "{'properties':{'a':{'oneOf':[{'additionalProperties':{'type':'null'}},{'minProperties':3}]}}} | /properties/a/oneOf",
        "{'not':{'items':{'type':'null'}}} | /not",
        "{'if':{'items':{'type':'null'}},'then':{}} | /if",
        "{'contains':{'type':'null'}} | /contains",
        "{'anyOf':[{'minProperties':1},{'additionalProperties':{'type':'null'}}],'unevaluatedProperties':false} | /unevaluatedProperties",
        "{'items':{'unevaluatedItems':{'type':'null'}}} | /items/unevaluatedItems",
        "{'not':{'properties':{'a':{'$ref':'#/$defs/tree'}}},'$defs':{'tree':{'properties':{'a':{'$ref':'#/$defs/tree'}}}}} | /not",
      })
  void namesTheKeywordsThatJudgeAWholeSubtreeAgain(String schema, String pointer) {
    assertThat(schema(schema).notIncremental()).contains(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'anyOf':[{'type':'string','minLength':1},{'type':'null'}]}",
        "{'type':'string','anyOf':[{'items':{'type':'null'}},{'items':{'type':'string'}}]}",
        "{'anyOf':[{'type':'object','additionalProperties':{'type':'null'}},{'type':'array','items':{'type':'null'}},{'const':3}]}",
        "{'oneOf':[{'properties':{'t':{'const':1}},'required':['t']},{'properties':{'t':{'const':2}},'required':['t']}]}",
        "{'not':{'required':['a','b']}}",
        "{'if':{'properties':{'t':{'const':1}}},'then':{'additionalProperties':{'type':'integer'}}}",
        "{'type':'object','contains':{'type':'null'},'unevaluatedItems':false}",
        "{'allOf':[{'properties':{'a':{'items':{}}}}],'unevaluatedProperties':false}",
        "{'anyOf':[{'properties':{'a':{}}},{'properties':{'b':{}}}],'unevaluatedProperties':false}",
        "{'anyOf':[{'type':'null'},{'type':'object','additionalProperties':{'type':'null'}}],'unevaluatedProperties':false}",
        "{'$defs':{'unused':{'contains':{'type':'null'}}}}",
      })
  void namesNoneWhoseCostDoesNotGrowWithTheDocument(String schema) {
    assertThat(schema(schema).notIncremental()).isEmpty();
  }

  @Test
  void looksAtOneElementOfABigArray() {
    Schema schema = schema(
        "{'type':'array','items':{'type':'object','required':['text'],'properties':{'text':{'maxLength':10}}}}");
    List<Json> elements = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      elements.add(JsonObject.empty().with("text", JsonString.of("much longer than allowed")));
    }
    JsonArray was = JsonArray.of(elements);

    assertThat(schema.check(was, was.with(100, json("{'text':'short'}")))).isEmpty();
    assertThat(schema.check(was, was.with(100, json("{'text':'longer than allowed'}"))))
        .map(Violation::pointer)
        .contains("/100/text");
  }
}
