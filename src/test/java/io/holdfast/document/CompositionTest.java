package io.holdfast.document;

import static io.holdfast.document.Documents.parse;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which writes are joined when patches are put together; in shorthand, {@code r/a=1} is replace at /a with 1. */
class CompositionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r /a 1, r /a 2 | r /a 2",
        "a /a 1, r /a 2 | a /a 2",
        "a /a 1, a /a 2 | a /a 2",
        "r /a 1, a /a 2 | r /a 2",
        "r /a 1, i /a 2 | r /a 3",
        "r /a 1, r /b 1, r /a 2, r /b 2 | r /a 2, r /b 2",
        "r /a 1, i /a 2, i /a 3 | r /a 6",
        "r /a/b 1, t /a/c 0, r /a/b 2 | r /a/b 2, t /a/c 0",
        "r /l/0/x 1, r /l/0/y 1, r /l/0/x 2 | r /l/0/x 2, r /l/0/y 1",
        "r /l/id=1/x 1, r /l/id=1/y 1, r /l/id=1/x 2 | r /l/id=1/x 2, r /l/id=1/y 1",
        "r /l/0 1, r /m/0 2, r /l/0 3 | r /l/0 3, r /m/0 2",
        "a /l/0 1, r /l/0 3 | a /l/0 3",
        "r - 1, r - 2 | r - 2",
        "a - 1, a - 2 | a - 2",
        "r /l/id=1 {'id':1}, r /l/id=1 {'id':1;'x':2} | r /l/id=1 {'id':1;'x':2}"
      })
  void joins(String ops, String joined) throws PatchRefused {
    assertThat(Patch.inSequence(java.util.List.of(patch(ops)))).isEqualTo(patch(joined));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r /a 1, t /a 1, r /a 2",
        "r /a 1, t - 1, r /a 2",
        "r /a {'b':1}, t /a/b 1, r /a 2",
        "r /a/b 1, r /a {'b':0}, r /a/b 2",
        "r /a 1, d /a, a /a 2",
        "r /a 1, c /a /b, r /a 2",
        "r /a 1, m /b /a, r /a 2",
        "i /a 1, i /a 2",
        "r /a 'x', i /a 2",
        "r /a 1.7e308, i /a 1.7e308",
        "a /l/0 1, a /l/0 2",
        "a /l/- 1, a /l/- 2",
        "a /l/- 1, r /l/- 2",
        "r /l/0 1, a /l/id=2 {'id':2}, r /l/0 3",
        "r /l/0/x 1, d /l/1, r /l/0/x 2",
        "r /l/0/x 1, r /l/1/y 0, r /l/0/x 2",
        "r /l/id=1/x 1, r /l/id=1/id 2, r /l/id=1/x 2",
        "r /l/id=1/x 1, r /l/0/id 2, r /l/id=1/x 2",
        "r /l/id=1/id 1, r /l/id=1/id 2",
        "r /l/id=1/x 1, g /l/id=1 {'id':2}, r /l/id=1/x 2",
        "r /l/id=1 {'id':2}, r /l/id=1 {'id':1}",
        "r /l/id=1 {'id':1}, r /l/id=1 {'id':2}, r /l/id=1 {'id':3}",
        "g /a 1, g /a 2",
        "d /a, a /a 1"
      })
  void leaves(String ops) throws PatchRefused {
    assertThat(Patch.inSequence(java.util.List.of(patch(ops)))).isEqualTo(patch(ops));
  }

  private static Patch patch(String shorthand) throws PatchRefused {
    java.util.List<Op> ops = new java.util.ArrayList<>();
    for (String op : shorthand.split(", ", -1)) {
      ops.add(op(op.trim().split(" ", -1)));
    }
    return new Patch(ops);
  }

  private static Op op(String[] words) throws PatchRefused {
    Pointer path = Pointer.parse(words[1].equals("-") ? "" : words[1]);
    Json value = words.length > 2 && !words[2].startsWith("/")
        ? parse(words[2].replace(';', ','))
        : JsonNull.NULL;
    return switch (words[0]) {
      case "a" -> new Op.Add(path, value);
      case "d" -> new Op.Remove(path);
      case "m" -> new Op.Move(path, Pointer.parse(words[2]));
      case "c" -> new Op.Copy(path, Pointer.parse(words[2]));
      case "t" -> new Op.Test(path, value);
      case "i" -> new Op.Inc(path, (JsonNumber) value);
      case "g" -> new Op.Merge(path, value);
      default -> new Op.Replace(path, value);
    };
  }
}
