package io.holdfast.cli;

import io.holdfast.protocol.EntityId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an entity as the command line writes it: {@code kind/id}. */
final class EntityConverter implements ITypeConverter<EntityId> {
  @Override
  public EntityId convert(String text) {
    return EntityId.parse(text)
        .filter(entity -> !entity.id().equals(".") && !entity.id().equals(".."))
        .orElseThrow(() -> new TypeConversionException(
            "entity: %s (expected: KIND/ID, the id of 1–120 of A-Z a-z 0-9 . _ ~ : -)"
                .formatted(text)));
  }
}
