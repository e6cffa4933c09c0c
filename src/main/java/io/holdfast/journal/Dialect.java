package io.holdfast.journal;

/** The databases Holdfast keeps its journal in, and where their SQL differs. */
public enum Dialect {
  H2(
      "slick.jdbc.H2Profile$",
      "org.h2.Driver",
      "h2",
      "MERGE INTO \"snapshot\" (\"persistence_id\", \"sequence_number\", \"created\", \"snapshot_ser_id\","
          + " \"snapshot_ser_manifest\", \"snapshot_payload\") KEY (\"persistence_id\", \"sequence_number\")"
          + " VALUES (?, ?, ?, ?, ?, ?)",
      "MERGE INTO \"canary\" (\"node\", \"at\") KEY (\"node\") VALUES (?, ?)"),
  POSTGRESQL(
      "slick.jdbc.PostgresProfile$",
      "org.postgresql.Driver",
      "postgresql",
      "INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id, snapshot_ser_manifest,"
          + " snapshot_payload) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET"
          + " created = excluded.created, snapshot_ser_id = excluded.snapshot_ser_id,"
          + " snapshot_ser_manifest = excluded.snapshot_ser_manifest, snapshot_payload = excluded.snapshot_payload",
      "INSERT INTO canary (node, at) VALUES (?, ?) ON CONFLICT (node) DO UPDATE SET at = excluded.at");

  private final String slickProfile;
  private final String driver;
  private final String folder;
  private final String upsertSnapshot;
  private final String upsertCanary;

  Dialect(
      String slickProfile,
      String driver,
      String folder,
      String upsertSnapshot,
      String upsertCanary) {
    this.slickProfile = slickProfile;
    this.driver = driver;
    this.folder = folder;
    this.upsertSnapshot = upsertSnapshot;
    this.upsertCanary = upsertCanary;
  }

  /** The dialect a JDBC URL speaks; IllegalArgumentException for any other database. */
  public static Dialect of(String url) {
    if (url.startsWith("jdbc:h2:")) {
      return H2;
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    String scheme = url.substring(0, Math.min(url.length(), 24));
    throw new IllegalArgumentException(
        "JDBC URL: %s… (expected: jdbc:postgresql:… or jdbc:h2:…)".formatted(scheme));
  }

  String slickProfile() {
    return slickProfile;
  }

  String driver() {
    return driver;
  }

  String migrations() {
    return "classpath:db/migration/" + folder;
  }

  String upsertSnapshot() {
    return upsertSnapshot;
  }

  String upsertCanary() {
    return upsertCanary;
  }
}
