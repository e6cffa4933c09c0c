package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonBoolean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a schema document into constraints: each subschema once, so that references may go in circles; once per dynamic scope, so
 * that dynamic references are settled here and not while documents are judged.
 */
final class SchemaCompiler {
  /** A subschema, and where each dynamic anchor leads when it is reached this way. */
  private record Entry(String pointer, Map<String, String> scope) {}

  private final SchemaIndex index;
  private final Map<Entry, SchemaNode> nodes = new HashMap<>();
  private final InPlace inPlace = new InPlace();
  private final Whole whole = new Whole();

  private SchemaCompiler(SchemaIndex index) {
    this.index = index;
  }

  static Schema compile(Json document) throws SchemaRefused {
    MetaSchema.check(document);
    return new SchemaCompiler(SchemaIndex.of(document)).compile();
  }

  private Schema compile() throws SchemaRefused {
    SchemaNode root = node("", Map.of());
    List<Whole.Suspect> reachable = whole.suspects();
    for (String pointer : index.pointers()) {
      node(pointer, Map.of());
    }
    inPlace.refuseCircles();
    nodes.values().forEach(SchemaNode::types);
    return new Schema(root, Whole.confirmed(reachable), index.misspelt());
  }

  /** The compiled subschema at a pointer, reached within a dynamic scope. */
  SchemaNode node(String pointer, Map<String, String> outer) throws SchemaRefused {
    SchemaIndex.Place place = index.at(pointer);
    Map<String, String> scope = index.enter(place.base(), outer);
    Entry entry = new Entry(pointer, scope);
    SchemaNode known = nodes.get(entry);
    if (known != null) {
      return known;
    }
    SchemaNode node = new SchemaNode(pointer);
    nodes.put(entry, node);
    if (place.schema() instanceof JsonBoolean allowed) {
      node.complete(allowed.value() ? List.of() : List.of(new ValueKeywords.OfType(Types.NONE)));
    } else {
      node.complete(new SubschemaCompiler(this, node, place, scope).constraints());
    }
    return node;
  }

  SchemaIndex index() {
    return index;
  }

  InPlace inPlace() {
    return inPlace;
  }

  Whole whole() {
    return whole;
  }
}
