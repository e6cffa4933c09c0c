package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Documents.class)
@Domain(DomainContext.Global.class)
class PatchLawsTest {
  @Property(tries = 3000)
  void onePatchDoesWhatTwoDo(@ForAll Json document, @ForAll Random random) throws PatchRefused {
    assertComposes(document, random);
  }

  @Property(tries = 3000)
  void onePatchDoesWhatTwoDoToRecords(@ForAll Random random) throws PatchRefused {
    assertComposes(Documents.records(random.nextInt(5)), random);
  }

  private static void assertComposes(Json document, Random random) throws PatchRefused {
    PatchMaker maker = new PatchMaker(random);
    Patch first = maker.applicable(document, 8);
    Json between = first.applyTo(document);
    Patch second = random.nextInt(4) > 0
        ? maker.applicable(between, 8)
        : new Patch(List.of(maker.op(between), maker.op(between)));

    Patch both = first.andThen(second);

    assertThat(applied(both, document)).isEqualTo(applied(second, between));
    assertThat(both.ops())
        .hasSizeLessThanOrEqualTo(first.ops().size() + second.ops().size());
  }

  @Property
  void manyPatchesInSequenceAreOne(@ForAll Json document, @ForAll Random random)
      throws PatchRefused {
    PatchMaker maker = new PatchMaker(random);
    List<Patch> patches = new ArrayList<>();
    Json at = document;
    for (int i = random.nextInt(5); i > 0; i--) {
      patches.add(maker.applicable(at, 4));
      at = patches.get(patches.size() - 1).applyTo(at);
    }

    assertThat(Patch.inSequence(patches).applyTo(document)).isEqualTo(at);
  }

  @Property
  void readingThePatchGivesItBack(@ForAll Json document, @ForAll Random random)
      throws PatchRefused, JsonRefused {
    Patch patch = new PatchMaker(random).applicable(document, 8);

    assertThat(Patch.parse(JsonReader.read(JsonWriter.text(patch.toJson()))))
        .isEqualTo(patch)
        .hasSameHashCodeAs(patch);
  }

  @Property
  void aRefusedPatchLeavesTheDocumentEqual(@ForAll Json document, @ForAll Random random)
      throws JsonRefused {
    Json copy = JsonReader.read(JsonWriter.text(document));
    PatchMaker maker = new PatchMaker(random);

    applied(
        new Patch(List.of(maker.op(document), maker.op(document), maker.op(document))), document);

    assertThat(document).isEqualTo(copy);
  }

  @Property
  void whatAPatchMakesIsSound(@ForAll Json document, @ForAll Random random)
      throws PatchRefused, JsonRefused {
    Json after = new PatchMaker(random).applicable(document, 8).applyTo(document);

    assertThat(JsonReader.read(JsonWriter.text(after))).isEqualTo(after).hasSameHashCodeAs(after);
    assertThat(JsonWriter.canonical(after)).hasSize(after.encodedBytes());
    assertThat(JsonReader.read(JsonWriter.text(after)).depth()).isEqualTo(after.depth());
  }

  private static Optional<Json> applied(Patch patch, Json document) {
    try {
      return Optional.of(patch.applyTo(document));
    } catch (PatchRefused e) {
      return Optional.empty();
    }
  }
}
