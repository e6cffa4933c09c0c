package io.holdfast.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;

/** Where the journal is. The password never shows in a text. */
public record JdbcSettings(String url, String user, String password) {
  private static final String H2_OPTIONS =
      ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0";
  private static final String PG_OPTIONS =
      "socketTimeout=15&connectTimeout=3&tcpKeepAlive=true&options=-c%20statement_timeout%3D8000";

  /** The embedded database in {@code directory}; each commit is written before it is answered. */
  public static JdbcSettings embedded(String directory) {
    return new JdbcSettings("jdbc:h2:file:" + directory + "/holdfast" + H2_OPTIONS, "holdfast", "");
  }

  /** A PostgreSQL (or H2) by URL; time-outs are added where the URL sets none. */
  public static JdbcSettings external(String url, String user, String password) {
    boolean plain = Dialect.of(url) == Dialect.POSTGRESQL && !url.contains("socketTimeout=");
    return new JdbcSettings(
        plain ? url + (url.contains("?") ? "&" : "?") + PG_OPTIONS : url, user, password);
  }

  public Dialect dialect() {
    return Dialect.of(url);
  }

  /** The settings akka-persistence-jdbc and its connection pool read. */
  public Config toConfig() {
    String shared = "akka-persistence-jdbc.shared-databases.slick.";
    Map<String, Object> values = new HashMap<>();
    values.put(shared + "profile", dialect().slickProfile());
    values.put(shared + "db.url", url);
    values.put(shared + "db.driver", dialect().driver());
    if (!user.isEmpty()) {
      values.put(shared + "db.user", user);
      values.put(shared + "db.password", password);
    }
    return ConfigFactory.parseMap(values, "database settings");
  }

  @Override
  public String toString() {
    int query = url.indexOf('?');
    return query < 0 ? url.replaceAll(";.*", "") : url.substring(0, query);
  }
}
