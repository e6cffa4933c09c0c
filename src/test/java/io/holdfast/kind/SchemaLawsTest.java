package io.holdfast.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.holdfast.document.Json;
import io.holdfast.document.JsonWriter;
import java.net.URI;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** The library, on plain text and with nothing of ours, is the judge of what is valid. */
class SchemaLawsTest {
  private static final int CANDIDATES = 40;
  private static final int CHANGES = 8;

  @Property(tries = 400)
  void aChangeIsJudgedAsTheWholeDocumentWouldBe(@ForAll long seed, @ForAll boolean exotic)
      throws SchemaRefused {
    Random random = new Random(seed);
    Json written = new SchemaGenerator(random, exotic).document();
    Schema schema = Schema.compile(written);
    Judge judge = new Judge(written);
    Documents documents = new Documents(random);

    Optional<Json> valid = Optional.empty();
    for (int i = 0; i < CANDIDATES && valid.isEmpty(); i++) {
      Json document = documents.value();
      boolean verdict = judge.accepts(document);
      assertThat(schema.check(document).isEmpty())
          .as("%s on %s", schema(written), text(document))
          .isEqualTo(verdict);
      valid = verdict ? Optional.of(document) : Optional.empty();
    }
    valid.ifPresent(document -> judgeChanges(schema, judge, written, documents, document));
  }

  private static void judgeChanges(
      Schema schema, Judge judge, Json written, Documents documents, Json start) {
    Json before = start;
    for (int i = 0; i < CHANGES; i++) {
      Json after = documents.edited(before);
      boolean verdict = judge.accepts(after);
      assertThat(schema.check(before, after).isEmpty())
          .as("%s from %s to %s", schema(written), text(before), text(after))
          .isEqualTo(verdict);
      assertThat(schema.check(before, after)).isEqualTo(schema.check(after));
      Statistics.label("after").collect(verdict ? "valid" : "invalid");
      before = verdict ? after : before;
    }
    Statistics.label("after").coverage(coverage -> {
      coverage.check("valid").percentage(share -> share > 10);
      coverage.check("invalid").percentage(share -> share > 10);
    });
  }

  private static String schema(Json written) {
    return JsonWriter.text(written);
  }

  private static String text(Json document) {
    return JsonWriter.text(document);
  }

  /** The library with Jackson's nodes. */
  private static final class Judge {
    private final Validator validator =
        new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();
    private final URI schema;

    Judge(Json written) {
      this.schema = validator.registerSchema(JsonWriter.text(written));
    }

    boolean accepts(Json document) {
      return validator.validate(schema, JsonWriter.text(document)).isValid();
    }
  }
}
