package io.holdfast.kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All kinds this server knows, by name. Immutable. */
public final class Kinds {
  private static final String EXTENSION = ".json";

  private final Map<String, Kind> byName;

  private Kinds(Map<String, Kind> byName) {
    this.byName = byName;
  }

  /** Every {@code NAME.json} of the directory, in the order of their names; the first wrong one refuses them all. */
  public static Kinds load(Path directory) throws KindRefused {
    List<Kind> kinds = new ArrayList<>();
    for (Path file : files(directory)) {
      kinds.add(read(file));
    }
    return of(kinds);
  }

  /** The kind one definition file declares. */
  public static Kind read(Path file) throws KindRefused {
    return KindReader.read(String.valueOf(file.getFileName()), content(file));
  }

  /** Names must differ. */
  public static Kinds of(List<Kind> kinds) {
    Map<String, Kind> byName = new TreeMap<>();
    for (Kind kind : kinds) {
      if (byName.put(kind.name(), kind) != null) {
        throw new IllegalArgumentException(
            "kind: %s twice (expected: different names)".formatted(kind.name()));
      }
    }
    return new Kinds(byName);
  }

  public Optional<Kind> kind(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** In the order of their names. */
  public List<Kind> all() {
    return List.copyOf(byName.values());
  }

  /** The definition files of a directory, in the order of their names. */
  public static List<Path> files(Path directory) throws KindRefused {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Kinds::isDefinition).sorted().toList();
    } catch (IOException unreadable) {
      throw new KindRefused("%s: %s (expected: a readable directory of kind files)"
          .formatted(directory, unreadable.getClass().getSimpleName()));
    }
  }

  private static boolean isDefinition(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(EXTENSION) && !name.startsWith(".") && !Files.isDirectory(file);
  }

  private static byte[] content(Path file) throws KindRefused {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new KindRefused("%s: %s (expected: a readable file)"
          .formatted(file.getFileName(), unreadable.getClass().getSimpleName()));
    }
  }
}
