package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The public test suite of RFC 6902, as npm delivers it. */
class PatchSuiteTest {
  private static final Path SUITE = Path.of(
      System.getProperty("holdfast.project", "."), "src/ts/node_modules/json-patch-test-suite");

  @TestFactory
  List<DynamicTest> doesWhatTheSuiteSays() throws IOException, JsonRefused {
    return cases("tests.json");
  }

  @TestFactory
  List<DynamicTest> doesWhatTheExamplesOfTheRfcSay() throws IOException, JsonRefused {
    return cases("spec_tests.json");
  }

  private static List<DynamicTest> cases(String file) throws IOException, JsonRefused {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode element : new ObjectMapper().readTree(SUITE.resolve(file).toFile())) {
      JsonObject example = (JsonObject) JsonReader.read(element.toString());
      if (!example.has("disabled") && example.has("patch")) {
        tests.add(DynamicTest.dynamicTest(name(example, tests.size()), () -> check(example)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests;
  }

  private static String name(JsonObject example, int number) {
    return number + " "
        + example
            .member("comment")
            .or(() -> example.member("error"))
            .map(Json::toString)
            .orElse("");
  }

  private static void check(JsonObject example) throws PatchRefused {
    Json document = example.member("doc").orElseThrow();
    Json patch = example.member("patch").orElseThrow();
    if (example.has("error")) {
      assertThatExceptionOfType(PatchRefused.class)
          .isThrownBy(() -> Patch.parse(patch).applyTo(document));
    } else {
      Json after = Patch.parse(patch).applyTo(document);
      example.member("expected").ifPresent(expected -> assertThat(after).isEqualTo(expected));
    }
  }
}
