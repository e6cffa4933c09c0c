package io.holdfast.journal;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How events get into the database, from {@code holdfast.journal}.
 *
 * @param writers connections that write at the same time
 * @param batchRows most rows in one statement (the last atomic write may exceed it)
 * @param queueRows most rows waiting; above, a persist fails at once
 * @param anchorInterval how far head anchors may be behind
 * @param quarantineRefresh how often the list of quarantined entities is read
 */
public record JournalSettings(
    Dialect dialect,
    int writers,
    int batchRows,
    int queueRows,
    int keepSnapshots,
    Duration anchorInterval,
    Duration quarantineRefresh) {
  public JournalSettings {
    if (writers < 1 || batchRows < 1 || queueRows < batchRows || keepSnapshots < 1) {
      throw new IllegalArgumentException(
          "journal: writers %d, batch-rows %d, queue-rows %d, keep-snapshots %d (expected: all ≥ 1, queue ≥ batch)"
              .formatted(writers, batchRows, queueRows, keepSnapshots));
    }
  }

  public static JournalSettings from(Config root) {
    Config config = root.getConfig("holdfast.journal");
    return new JournalSettings(
        Dialect.of(root.getString("akka-persistence-jdbc.shared-databases.slick.db.url")),
        config.getInt("writers"),
        config.getInt("batch-rows"),
        config.getInt("queue-rows"),
        config.getInt("keep-snapshots"),
        config.getDuration("anchor-interval"),
        config.getDuration("quarantine-refresh"));
  }
}
