package io.holdfast.kind;

import static io.holdfast.kind.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7                                  | ``                      | schema: 7 (expected: a schema: an object, true or false)",
        "{'type':'strng'}                   | /type                   | type: \"strng\" (expected: one of array, boolean, integer, null, number, object, string, or an array of them)",
        "{'properties':{'a':{'minLength':-1}}} | /properties/a/minLength | minLength: -1 (expected: an integer ≥ 0)",
        "{'required':['a','a']}             | /required               | required: an array of 2 items (expected: an array of different strings)",
        "{'required':['a',1]}               | /required/1             | required/1: 1 (expected: an array of different strings)",
        "{'multipleOf':0}                   | /multipleOf             | multipleOf: 0 (expected: a number > 0)",
        "{'items':[{}]}                     | /items                  | items: an array of 1 item (expected: a schema: an object, true or false)",
        "{'properties':{'a':1}}             | /properties/a           | a: 1 (expected: a schema: an object, true or false)",
        "{'properties':{'type':{'type':7}}} | /properties/type/type   | type: 7 (expected: one of array, boolean, integer, null, number, object, string, or an array of them)",
        "{'allOf':[]}                       | /allOf                  | allOf: an array of 0 items (expected: an array of schemas, not empty)",
        "{'pattern':'('}                    | /pattern                | pattern: \"(\": Unclosed group (expected: a regular expression)",
        "{'patternProperties':{'[':{}}}     | /patternProperties/[    | pattern: \"[\": Unclosed character class (expected: a regular expression)",
        "{'$schema':'http://json-schema.org/draft-07/schema#'} | /$schema | $schema: \"http://json-schema.org/draft-07/schema#\" (expected: \"https://json-schema.org/draft/2020-12/schema\")",
        "{'$ref':'https://example.org/s'}   | /$ref                   | reference: \"https://example.org/s\" (expected: a place in this schema, such as #/$defs/NAME)",
        "{'items':{'$ref':'other.json#/a'}} | /items/$ref             | reference: \"other.json#/a\" (expected: a place in this schema, such as #/$defs/NAME)",
        "{'$ref':'#/$defs/nope'}            | /$ref                   | reference: \"#/$defs/nope\" (expected: a place that is a schema)",
        "{'$ref':'#nope'}                   | /$ref                   | reference: \"#nope\" (expected: a place that is a schema)",
        "{'$ref':'#/required','required':[]} | /$ref                  | reference: \"#/required\" (expected: a place that is a schema)",
        "{'$ref':'#/a b'}                   | /$ref                   | reference: \"#/a b\" (expected: a URI reference)",
        "{'$defs':{'unused':{'$ref':'x'}}}  | /$defs/unused/$ref      | reference: \"x\" (expected: a place in this schema, such as #/$defs/NAME)",
        "{'$defs':{'a':{'$anchor':'n'},'b':{'$anchor':'n'}}} | /$defs/b/$anchor | name: \"n\" (expected: one that is not taken by #/$defs/a)",
      })
  void refusesWhatItCannotUse(String schema, String pointer, String detail) {
    assertThatThrownBy(() -> Schema.compile(json(schema)))
        .asInstanceOf(InstanceOfAssertFactories.type(SchemaRefused.class))
        .satisfies(refused -> {
          assertThat(refused.detail()).isEqualTo(detail);
          assertThat(refused.pointer()).isEqualTo(pointer);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'$ref':'#'}",
        "{'allOf':[{'$ref':'#'}]}",
        "{'not':{'anyOf':[{'$ref':'#'}]}}",
        "{'$defs':{'a':{'if':{'$ref':'#/$defs/b'}},'b':{'dependentSchemas':{'x':{'$ref':'#/$defs/a'}}}}}",
      })
  void refusesCirclesThatNeverGoDeeper(String schema) {
    assertThatThrownBy(() -> Schema.compile(json(schema)))
        .isInstanceOf(SchemaRefused.class)
        .hasMessage(
            "schema: refers back to itself (expected: to go deeper into the document first)");
  }

  @Test
  void leavesUnknownKeywordsAlone() throws SchemaRefused {
    assertThat(Schema.compile(json("{'x-note':1,'color':{'type':'nonsense'}}")).check(json("1")))
        .isEmpty();
  }

  @Test
  void noticesKeywordsThatWereSurelyMeantOtherwise() throws SchemaRefused {
    Schema schema = Schema.compile(json(
        "{'requird':[],'items':{'MinLength':1},'dependencies':{},'properties':{'requird':{}}}"));

    assertThat(schema.misspelt())
        .extracting(SchemaIndex.Misspelt::pointer, SchemaIndex.Misspelt::meant)
        .containsExactlyInAnyOrder(
            tuple("/requird", "required"),
            tuple("/items/MinLength", "minLength"),
            tuple("/dependencies", "dependentRequired or dependentSchemas"));
  }
}
