package io.holdfast.kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kinds from the text of a test. */
public final class KindText {
  private KindText() {}

  /** The kind {@code note} as its file {@code json} says it. */
  public static Kind note(String json) {
    try {
      Path directory = Files.createTempDirectory("kinds");
      Path file = directory.resolve("note.json");
      try {
        Files.writeString(file, json);
        return Kinds.load(directory).kind("note").orElseThrow();
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException | KindRefused wrong) {
      throw new AssertionError(wrong);
    }
  }
}
