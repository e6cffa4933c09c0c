package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.Op;
import io.holdfast.document.Patch;
import io.holdfast.document.Pointer;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SubmissionTest {
  /** Inserting each number at the front: any other order gives another array. */
  private static List<Op> inserts(int count) {
    return IntStream.range(0, count)
        .<Op>mapToObj(i -> new Op.Add(Pointer.root().child("0"), JsonNumber.of(i)))
        .toList();
  }

  @Property
  void commandsOneAfterTheOtherDoWhatAllOpsDo(
      @ForAll @IntRange(max = 50) int count, @ForAll @IntRange(min = 1, max = 60) int split)
      throws Exception {
    List<Op> ops = inserts(count);

    Json together = new Patch(ops).applyTo(JsonArray.empty());
    Json apart = JsonArray.empty();
    for (Patch command : Submission.commands(ops, split)) {
      apart = command.applyTo(apart);
    }

    assertThat(apart).isEqualTo(together);
  }

  @Property
  void noCommandHasMoreOpsThanAllowed(
      @ForAll @IntRange(max = 50) int count, @ForAll @IntRange(min = 1, max = 60) int split) {
    assertThat(Submission.commands(inserts(count), split))
        .allSatisfy(command -> assertThat(command.ops()).hasSizeBetween(1, split));
  }

  @Property(tries = 1)
  void oneCommandHoldsEverythingUnlessSplit() {
    assertThat(Submission.commands(inserts(50), Integer.MAX_VALUE)).hasSize(1);
  }
}
