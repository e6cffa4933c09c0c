package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonBoolean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a schema document into constraints: each subschema once, so that references may go in circles. */
final class SchemaCompiler {
  private final Json document;
  private final SchemaIndex index;
  private final Map<String, SchemaNode> nodes = new HashMap<>();
  private final InPlace inPlace = new InPlace();
  private final Whole whole = new Whole();
  private Optional<Library> library = Optional.empty();

  private SchemaCompiler(Json document, SchemaIndex index) {
    this.document = document;
    this.index = index;
  }

  static Schema compile(Json document) throws SchemaRefused {
    Library.checkSchema(document);
    SchemaIndex index = SchemaIndex.of(document);
    return new SchemaCompiler(document, index).compile();
  }

  private Schema compile() throws SchemaRefused {
    SchemaNode root = node("");
    List<Whole.Suspect> reachable = whole.suspects();
    for (String pointer : index.pointers()) {
      node(pointer);
    }
    inPlace.refuseCircles();
    nodes.values().forEach(SchemaNode::types);
    if (index.isDynamic()) {
      root.complete(List.of(new Delegated(library(), "")));
      return new Schema(root, List.of(""), index.misspelt());
    }
    return new Schema(root, Whole.confirmed(reachable), index.misspelt());
  }

  /** The compiled subschema at a pointer. */
  SchemaNode node(String pointer) throws SchemaRefused {
    SchemaNode known = nodes.get(pointer);
    if (known != null) {
      return known;
    }
    SchemaNode node = new SchemaNode(pointer);
    nodes.put(pointer, node);
    SchemaIndex.Place place = index.at(pointer);
    if (place.schema() instanceof JsonBoolean allowed) {
      node.complete(allowed.value() ? List.of() : List.of(new ValueKeywords.OfType(Types.NONE)));
    } else {
      node.complete(new SubschemaCompiler(this, node, place).constraints());
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

  Library library() {
    Library known = library.orElseGet(() -> Library.of(document));
    library = Optional.of(known);
    return known;
  }
}
