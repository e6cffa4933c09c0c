package io.holdfast.bench;

import io.holdfast.document.Diff;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Keys;
import io.holdfast.document.Limits;
import io.holdfast.document.Patch;
import io.holdfast.kind.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What one change costs on a small and on a large document: the ratio is what counts. Prints nanoseconds and allocated bytes, and
 * for each step large divided by small.
 */
public final class AlgebraBench {
  private static final Path COUNTRIES =
      Path.of("src/ts/node_modules/world-countries-4/countries.json");
  private static final String SCHEMA =
      """
      {"type":"array","items":{"type":"object","required":["cca3","name"],"properties":{
        "cca3":{"type":"string","pattern":"^[A-Z]{3}$"},"area":{"type":"number"},
        "name":{"type":"object","required":["common"],"properties":{"common":{"type":"string"}}},
        "borders":{"type":"array","items":{"type":"string"}}}}}
      """;

  private AlgebraBench() {}

  /** One step on both documents. */
  private record Step(String name, Stopwatch.Work small, Stopwatch.Work large) {}

  public static void main(String[] args) throws Exception {
    Json large = JsonReader.read(Files.readAllBytes(COUNTRIES), Limits.DEFAULT);
    Json small = onlyFrance(large);
    System.out.printf(
        Locale.ROOT,
        "small %,d bytes, large %,d bytes%n",
        small.encodedBytes(),
        large.encodedBytes());
    System.out.printf(
        "%-32s %12s %12s %7s %12s %12s %7s%n",
        "one-field change", "small ns", "large ns", "ratio", "small B", "large B", "ratio");
    Schema schema = Schema.compile(JsonReader.read(SCHEMA));
    Keys keys = Keys.of(Map.of("", "cca3"));
    for (Step step : steps(small, large, schema, keys)) {
      print(step);
    }
  }

  private static Json onlyFrance(Json countries) throws Exception {
    Json france = io.holdfast.document.Pointer.parse("/cca3=FRA").in(countries).orElseThrow();
    Json slim = Patch.parse(JsonReader.read("[{\"op\":\"remove\",\"path\":\"/translations\"}]"))
        .applyTo(france);
    return io.holdfast.document.JsonArray.of(java.util.List.of(slim));
  }

  private static Step[] steps(Json small, Json large, Schema schema, Keys keys) throws Exception {
    Patch patch = Patch.parse(
        JsonReader.read("[{\"op\":\"replace\",\"path\":\"/cca3=FRA/area\",\"value\":551696}]"));
    Patch byIndex = Patch.parse(
        JsonReader.read("[{\"op\":\"replace\",\"path\":\"/0/area\",\"value\":551696}]"));
    Json smallAfter = patch.applyTo(small);
    Json largeAfter = patch.applyTo(large);
    return new Step[] {
      new Step("apply (by index)", () -> byIndex.applyTo(small), () -> byIndex.applyTo(large)),
      new Step("apply (by key)", () -> patch.applyTo(small), () -> patch.applyTo(large)),
      new Step(
          "diff",
          () -> Diff.between(small, smallAfter, keys),
          () -> Diff.between(large, largeAfter, keys)),
      new Step(
          "validate", () -> schema.check(small, smallAfter), () -> schema.check(large, largeAfter)),
      new Step(
          "size and depth",
          () -> smallAfter.encodedBytes() + smallAfter.depth(),
          () -> largeAfter.encodedBytes() + largeAfter.depth()),
      new Step(
          "encode the patch",
          () -> JsonWriter.canonical(patch.toJson()),
          () -> JsonWriter.canonical(patch.toJson())),
    };
  }

  private static void print(Step step) throws Exception {
    Stopwatch.Cost small = Stopwatch.of(step.small());
    Stopwatch.Cost large = Stopwatch.of(step.large());
    System.out.printf(
        Locale.ROOT,
        "%-32s %,12.0f %,12.0f %7.2f %,12.0f %,12.0f %7.2f%n",
        step.name(),
        small.nanos(),
        large.nanos(),
        large.nanos() / small.nanos(),
        small.bytes(),
        large.bytes(),
        large.bytes() / Math.max(1, small.bytes()));
  }
}
