package io.holdfast.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Where the journal is. The password never shows in a text. */
public record JdbcSettings(String url, String user, String password) {
  private static final String H2_OPTIONS =
      ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0";
  /**
   * Without these a database that takes connections and never answers would hold every thread for ever. Seconds; the statement's,
   * in milliseconds, is the shortest so that the server gives up before the socket does.
   */
  private static final List<String> PG_OPTIONS = List.of(
      "connectTimeout=3",
      "loginTimeout=5",
      "socketTimeout=10",
      "tcpKeepAlive=true",
      "options=-c%20statement_timeout%3D8000");

  /** The embedded database in {@code directory}; each commit is written before it is answered. */
  public static JdbcSettings embedded(String directory) {
    return new JdbcSettings("jdbc:h2:file:" + directory + "/holdfast" + H2_OPTIONS, "holdfast", "");
  }

  /** A PostgreSQL (or H2) by URL; each time-out is added that the URL does not set. */
  public static JdbcSettings external(String url, String user, String password) {
    String complete = url;
    if (Dialect.of(url) == Dialect.POSTGRESQL) {
      for (String option : PG_OPTIONS) {
        complete = withDefault(complete, option);
      }
    }
    return new JdbcSettings(complete, user, password);
  }

  private static String withDefault(String url, String option) {
    String name = option.substring(0, option.indexOf('=') + 1);
    if (url.contains("?" + name) || url.contains("&" + name)) {
      return url;
    }
    return url + (url.contains("?") ? "&" : "?") + option;
  }

  /** How to log in, for a connection outside the pool. */
  Properties login() {
    Properties login = new Properties();
    if (!user.isEmpty()) {
      login.setProperty("user", user);
      login.setProperty("password", password);
    }
    return login;
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
