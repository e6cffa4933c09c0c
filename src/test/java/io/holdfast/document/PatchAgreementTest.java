package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The patches on which server and browser client must agree: the client's tests read the same file. */
class PatchAgreementTest {
  private static final Path AGREED = Path.of(
      System.getProperty("holdfast.project", "."), "src/test/resources/patches/agreed.json");

  @TestFactory
  List<DynamicTest> doesWithEveryAgreedPatchWhatTheClientDoes() throws IOException, JsonRefused {
    List<DynamicTest> tests = new ArrayList<>();
    for (Json example : (JsonArray) JsonReader.read(Files.readString(AGREED))) {
      JsonObject agreed = (JsonObject) example;
      Json patch = agreed.member("patch").orElseThrow();
      tests.add(DynamicTest.dynamicTest(
          tests.size() + " " + patch, () -> assertThat(outcome(agreed, patch))
              .isEqualTo(agreed.without("doc").without("patch"))));
    }
    assertThat(tests).hasSizeGreaterThan(100);
    return tests;
  }

  private static JsonObject outcome(JsonObject agreed, Json patch) {
    JsonObject outcome = JsonObject.empty();
    try {
      Json after = Patch.parse(patch).applyTo(agreed.member("doc").orElseThrow());
      return outcome.with("expected", after);
    } catch (PatchRefused e) {
      return outcome.with(
          "error", JsonString.of(e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
  }
}
