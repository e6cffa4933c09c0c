package io.holdfast.kind;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonBoolean;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema document as the library sees it: a view made on the way down, one level at a time. For one thread. */
final class MetaSchemaNode implements JsonNode {
  /** Wraps our values and reads the library's own meta-schemas. */
  static final JsonNodeFactory FACTORY = new JsonNodeFactory() {
    @Override
    public JsonNode wrap(Object value) {
      return value instanceof JsonNode node ? node : new MetaSchemaNode((Json) value, "");
    }

    @Override
    public JsonNode create(String text) {
      try {
        return new MetaSchemaNode(JsonReader.read(text), "");
      } catch (JsonRefused refused) {
        throw new IllegalArgumentException(refused);
      }
    }
  };

  private final Json value;
  private final String pointer;
  private @Nullable List<JsonNode> elements;
  private @Nullable Map<String, JsonNode> members;

  MetaSchemaNode(Json value, String pointer) {
    this.value = value;
    this.pointer = pointer;
  }

  Json value() {
    return value;
  }

  @Override
  public String getJsonPointer() {
    return pointer;
  }

  @Override
  public SimpleType getNodeType() {
    return switch (Types.of(value)) {
      case Types.OBJECT -> SimpleType.OBJECT;
      case Types.ARRAY -> SimpleType.ARRAY;
      case Types.STRING -> SimpleType.STRING;
      case Types.INTEGER -> SimpleType.INTEGER;
      case Types.FRACTION -> SimpleType.NUMBER;
      case Types.BOOLEAN -> SimpleType.BOOLEAN;
      default -> SimpleType.NULL;
    };
  }

  @Override
  public boolean asBoolean() {
    return value == JsonBoolean.TRUE;
  }

  @Override
  public String asString() {
    return value instanceof JsonString string ? string.value() : Shown.value(value);
  }

  @Override
  public BigInteger asInteger() {
    return asNumber().toBigInteger();
  }

  @Override
  public BigDecimal asNumber() {
    return BigDecimal.valueOf(((JsonNumber) value).value());
  }

  @Override
  public List<JsonNode> asArray() {
    if (elements == null) {
      List<JsonNode> wrapped = new ArrayList<>(((JsonArray) value).size());
      for (Json element : (JsonArray) value) {
        wrapped.add(new MetaSchemaNode(element, pointer + "/" + wrapped.size()));
      }
      elements = wrapped;
    }
    return elements;
  }

  @Override
  public Map<String, JsonNode> asObject() {
    if (members == null) {
      Map<String, JsonNode> wrapped = new LinkedHashMap<>();
      ((JsonObject) value)
          .forEach((key, member) ->
              wrapped.put(key, new MetaSchemaNode(member, Tokens.child(pointer, key))));
      members = wrapped;
    }
    return members;
  }
}
