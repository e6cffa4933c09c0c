package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Documents.Versions;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Documents.class)
@Domain(DomainContext.Global.class)
class DiffLawsTest {
  @Property(tries = 3000)
  void theDiffOfTwoDocumentsTurnsOneIntoTheOther(@ForAll Versions versions) throws PatchRefused {
    Patch diff = Diff.between(versions.before(), versions.after());

    assertThat(diff.applyTo(versions.before())).isEqualTo(versions.after());
  }

  @Property
  void aDocumentDoesNotDifferFromItsCopy(@ForAll Json document) throws JsonRefused {
    assertThat(
            Diff.between(document, JsonReader.read(JsonWriter.text(document))).ops())
        .isEmpty();
  }

  @Property(tries = 2000)
  void theDiffOfKeyedArraysTurnsOneIntoTheOther(@ForAll Random random) throws PatchRefused {
    Json before = Documents.records(random.nextInt(20));
    Json after = new Scrambler(random).edit(new Scrambler(random).edit(before));

    Patch diff = Diff.between(before, after, Keys.of(Map.of("", "id")));

    assertThat(diff.applyTo(before)).isEqualTo(after);
  }

  @Property
  void aDiffNeverTakesMoreThanReplacingTheDocument(@ForAll Versions versions) {
    Patch diff = Diff.between(versions.before(), versions.after());

    assertThat(diff.toJson().encodedBytes())
        .isLessThanOrEqualTo(60 + versions.after().encodedBytes());
  }
}
