package io.holdfast.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Random documents, and pairs of them of which the second is mostly an edit of the first. */
final class Documents extends DomainContextBase {
  /** Two versions of a document. */
  record Versions(Json before, Json after) {}

  @Provide
  Arbitrary<Json> documents() {
    return Arbitraries.randomValue(random -> json(random, 3));
  }

  @Provide
  Arbitrary<Versions> versions() {
    return Arbitraries.randomValue(random -> {
      Json before = json(random, 3);
      boolean edited = random.nextInt(5) > 0;
      return new Versions(before, edited ? new Scrambler(random).edit(before) : json(random, 3));
    });
  }

  /** Documents as applications have them: a list of records with an id. */
  static JsonArray records(int count) {
    List<Json> records = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      records.add(record(id));
    }
    return JsonArray.of(records);
  }

  static JsonObject record(int id) {
    return JsonObject.of(Map.of(
        "id", JsonNumber.of(id),
        "title", JsonString.of("record number " + id),
        "tags", JsonArray.of(List.of(JsonString.of("a"), JsonString.of("b")))));
  }

  static Json parse(String text) {
    try {
      return JsonReader.read(text.replace('\'', '"'));
    } catch (JsonRefused e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static JsonObject object(String text) {
    return (JsonObject) parse(text);
  }

  static JsonArray array(String text) {
    return (JsonArray) parse(text);
  }

  static Json json(Random random, int levels) {
    int kind = levels == 0 ? 0 : random.nextInt(4);
    return switch (kind) {
      case 0 -> scalar(random);
      case 1 -> randomArray(random, levels - 1);
      default -> randomObject(random, levels - 1);
    };
  }

  static Json scalar(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonBoolean.of(random.nextBoolean());
      case 2, 3, 4 -> JsonNumber.of(number(random));
      default -> JsonString.of(text(random));
    };
  }

  static double number(Random random) {
    double number =
        switch (random.nextInt(6)) {
          case 0 -> Double.longBitsToDouble(random.nextLong());
          case 1 -> random.nextLong() >> random.nextInt(64);
          case 2 -> random.nextInt(1_000_000) / 1000.0;
          case 3 -> ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)];
          default -> random.nextInt(12) - 3;
        };
    return Double.isFinite(number) ? number : 0;
  }

  private static final double[] ODD_NUMBERS = {
    -0.0,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    1e21,
    1e20,
    0.1,
    1e-7,
    0x1p53,
    0x1p53 + 2,
    -0x1p53,
    1e-6,
    0.3
  };

  static String text(Random random) {
    if (random.nextInt(4) == 0) {
      return ODD_TEXTS[random.nextInt(ODD_TEXTS.length)];
    }
    int limit = new int[] {0x80, 0x800, 0x11_0000}[random.nextInt(3)];
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      int c = random.nextBoolean() ? 'a' + random.nextInt(4) : random.nextInt(limit);
      text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 'x' : c);
    }
    return text.toString();
  }

  private static final String[] ODD_TEXTS = {
    "",
    "=",
    "id=1",
    "a/b",
    "m~n",
    "-",
    "0",
    "01",
    "\uD83D\uDE00",
    "\uFB01",
    "\u2028",
    "__proto__",
    "\u007F",
    "\n\\\"\u001F"
  };

  private static Json randomArray(Random random, int levels) {
    List<Json> elements = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      elements.add(json(random, levels));
    }
    return JsonArray.of(elements);
  }

  private static Json randomObject(Random random, int levels) {
    Map<String, Json> members = new TreeMap<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      members.put(text(random), json(random, levels));
    }
    return JsonObject.of(members);
  }
}
