package io.holdfast.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An entity as it is written on the command line: {@code kind/id}. */
record EntityName(String kind, String id) {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9._~:-]{1,120}");

  static EntityName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !isPart(text.substring(0, slash)) || !isPart(text.substring(slash + 1))) {
      throw new TypeConversionException(
          "entity: %s (expected: KIND/ID, each 1–120 of A-Z a-z 0-9 . _ ~ : -)".formatted(text));
    }
    return new EntityName(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Whether the text may be a kind's or an entity's name. */
  static boolean isPart(String text) {
    return PART.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  /** The path of the document in the HTTP API. */
  String path() {
    return "/v1/state/" + this;
  }

  @Override
  public String toString() {
    return kind + "/" + id;
  }

  /** Lets picocli read one. */
  static final class Converter implements ITypeConverter<EntityName> {
    @Override
    public EntityName convert(String text) {
      return parse(text);
    }
  }
}
