package io.holdfast.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2JournalReadsTest extends JournalReadsContract {
  @TempDir
  Path directory;

  @Override
  JdbcSettings settings() {
    return JdbcSettings.embedded(directory.toString());
  }
}
