package io.holdfast.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Random documents, and pairs of them of which the second is an edit of the first. */
final class Documents extends DomainContextBase {
  /** Two versions of a document. */
  record Versions(Json before, Json after) {}

  @Provide
  Arbitrary<Json> documents() {
    return json();
  }

  @Provide
  Arbitrary<Versions> versions() {
    Arbitrary<Versions> edited = Combinators.combine(json(), Arbitraries.longs())
        .as((before, seed) -> new Versions(before, new Scrambler(seed).edit(before)));
    Arbitrary<Versions> unrelated = Combinators.combine(json(), json()).as(Versions::new);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, edited), net.jqwik.api.Tuple.of(1, unrelated));
  }

  static Arbitrary<Json> json() {
    return json(3);
  }

  private static Arbitrary<Json> json(int levels) {
    return levels == 0
        ? scalars()
        : Arbitraries.oneOf(scalars(), arrays(json(levels - 1)), objects(json(levels - 1)));
  }

  static Arbitrary<Json> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.just(JsonNull.NULL),
        Arbitraries.of(JsonBoolean.TRUE, JsonBoolean.FALSE),
        numbers().map(JsonNumber::of),
        text().map(JsonString::of));
  }

  static Arbitrary<Double> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(-3, 12).map(Integer::doubleValue),
        Arbitraries.longs().between(-(1L << 53), 1L << 53).map(Long::doubleValue),
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite),
        Arbitraries.integers().map(i -> i / 1000.0),
        Arbitraries.of(
            -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e21, 1e20, 0.1, 1e-7, 0x1p53, 0x1p53 + 2));
  }

  static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange('a', 'e').ofMaxLength(3),
        Arbitraries.strings().ascii().ofMaxLength(8),
        Arbitraries.strings().ofMaxLength(6).filter(Utf8::isWellFormed),
        Arbitraries.of(
            "",
            "=",
            "id=1",
            "a/b",
            "m~n",
            "-",
            "0",
            "01",
            "\uD83D\uDE00",
            "\u2028",
            "__proto__",
            "\u007F"));
  }

  private static Arbitrary<Json> arrays(Arbitrary<Json> element) {
    return element.list().ofMaxSize(7).map(JsonArray::of);
  }

  private static Arbitrary<Json> objects(Arbitrary<Json> value) {
    return Arbitraries.maps(text(), value).ofMaxSize(6).map(JsonObject::of);
  }

  /** Documents as applications have them: lists of records with an id. */
  static Json records(int count, int from) {
    List<Json> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Json> members = new LinkedHashMap<>();
      members.put("id", JsonNumber.of(from + i));
      members.put("title", JsonString.of("record number " + (from + i)));
      members.put("tags", JsonArray.of(List.of(JsonString.of("a"), JsonString.of("b"))));
      records.add(JsonObject.of(members));
    }
    return JsonArray.of(records);
  }
}
