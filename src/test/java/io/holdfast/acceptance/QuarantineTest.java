package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Damaged rows in PostgreSQL while the node is down, and what its users and whoever runs it see then. */
final class QuarantineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Database DATABASE = new Database();
  private static NodeHome home;
  private static NodeProcess node;

  @BeforeAll
  static void start() {
    home = NodeHome.on(DATABASE.started()).conf("holdfast.entity.lease = 6 s");
    node = home.start();
  }

  @AfterAll
  static void tidyUp() {
    node.close();
    home.close();
    DATABASE.close();
  }

  private static String path(String entity) {
    return "/v1/state/" + entity;
  }

  private static String counted(int times) {
    String entity = Names.entity("note");
    assertThat(node.http().put(path(entity), "{'n':0}").status()).isEqualTo(200);
    for (int i = 1; i < times; i++) {
      assertThat(increment(entity).status()).isEqualTo(200);
    }
    return entity;
  }

  private static HttpCalls.Answer increment(String entity) {
    return node.http().patch(path(entity), "[{'op':'inc','path':'/n','value':1}]");
  }

  private static void restart() {
    node.kill();
    node = home.start();
  }

  private static void sql(String sql, Object... values) {
    try (Connection connection = DATABASE.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private static long anchor(String entity) {
    try (Connection connection = DATABASE.connect();
        PreparedStatement select = connection.prepareStatement(
            "SELECT sequence_number FROM head_anchor WHERE persistence_id = ?")) {
      select.setString(1, entity);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Rows in the table of quarantined entities. */
  private static long stored() {
    try (Connection connection = DATABASE.connect();
        PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM quarantine");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  /** What the ops port lists, as {@code entity version}. */
  private static List<String> listed() {
    JsonArray list = (JsonArray) node.ops().get("/admin/quarantine").json();
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonObject.class::cast)
        .map(one -> ((JsonString) one.member("entity").orElseThrow()).value() + " "
            + (long) ((JsonNumber) one.member("version").orElseThrow()).value())
        .toList();
  }

  private static void assertOutOfService(String entity) {
    await()
        .atMost(PATIENCE)
        .until(() -> !node.http().get(path(entity)).code().equals("unavailable"));
    HttpCalls.Answer read = node.http().get(path(entity));
    assertThat(read.status()).isEqualTo(503);
    assertThat(read.code()).isEqualTo("quarantined");
    assertThat(read.header("Retry-After")).isNotEmpty();
    assertThat(node.http().get(path(entity) + "?consistency=strong").code())
        .isEqualTo("quarantined");
    assertThat(node.http().get(path(entity) + "/history").code()).isEqualTo("quarantined");
    assertThat(node.http().get(path(entity) + "?at=1").code()).isEqualTo("quarantined");
    assertThat(increment(entity).code()).isEqualTo("quarantined");
    assertThat(increment(entity).status()).isEqualTo(503);
  }

  private static void assertClosedOnASocket(String entity) {
    try (WireClient alice = node.connectAs("alice")) {
      alice.say("{'t':'open','entity':'%s'}".formatted(entity));
      ServerFrame closed = alice.await("closed");
      assertThat(closed.text("entity")).isEqualTo(entity);
      assertThat(closed.text("code")).isEqualTo("quarantined");

      alice.mutate(entity, 1, "[{'op':'inc','path':'/n','value':1}]");
      ServerFrame error = alice.await("error");
      assertThat(error.text("code")).isEqualTo("quarantined");
      assertThat(error.text("entity")).isEqualTo(entity);
      assertThat(alice.heard("state")).isEmpty();
    }
  }

  @Test
  void damagedEntitiesAreOutOfServiceUntilTheyAreRepairedAndReleased() {
    String torn = counted(3);
    String beheaded = counted(3);
    String whole = counted(3);
    await().atMost(PATIENCE).until(() -> anchor(beheaded) == 3);
    node.kill();
    sql(
        "UPDATE event_journal SET sequence_number = 22 WHERE persistence_id = ?"
            + " AND sequence_number = 2",
        torn);
    sql("CREATE TABLE lost AS SELECT * FROM event_journal WHERE false");
    sql(
        "INSERT INTO lost SELECT * FROM event_journal WHERE persistence_id = ?"
            + " AND sequence_number = 3",
        beheaded);
    sql("DELETE FROM event_journal WHERE persistence_id = ? AND sequence_number = 3", beheaded);
    node = home.start();

    assertOutOfService(torn);
    assertOutOfService(beheaded);
    assertClosedOnASocket(torn);
    assertThat(node.http().get(path(whole) + "?pointer=/n").text()).isEqualTo("2");
    assertThat(increment(whole).status()).isEqualTo(200);
    assertThat(listed()).contains(torn + " 1", beheaded + " 2").hasSize(2);
    await().atMost(PATIENCE).until(() -> stored() == 2);

    restart();
    await().atMost(PATIENCE).until(() -> listed().size() == 2);
    assertOutOfService(torn);
    assertThat(node.ops().get("/metrics").text()).contains("holdfast_quarantined 2");

    sql(
        "UPDATE event_journal SET sequence_number = 2 WHERE persistence_id = ?"
            + " AND sequence_number = 22",
        torn);
    sql("INSERT INTO event_journal SELECT * FROM lost");
    assertOutOfService(torn);
    sql("DELETE FROM quarantine");
    for (String entity : List.of(torn, beheaded)) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(
              node.http().get(path(entity)).status())
          .as(() -> node.http().get(path(entity)) + node.process().said())
          .isEqualTo(200));
      assertThat(node.http().get(path(entity) + "?pointer=/n").text()).isEqualTo("2");
      assertThat(increment(entity).status()).isEqualTo(200);
    }
    assertThat(listed()).isEmpty();
  }

  @Test
  void whoeverHasAnEntityOpenHearsThatItIsClosedAndEveryoneElseGoesOn() {
    String torn = counted(2);
    try (WireClient alice = node.connectAs("alice");
        EventStream events = EventStream.of(node.http(), path(torn) + "/events")) {
      alice.open(torn);
      assertThat(events.next().name()).isEqualTo("state");
      sql(
          "INSERT INTO quarantine (persistence_id, at, version, reason)"
              + " VALUES (?, 1, 2, 'an operator says so')",
          torn);

      assertThat(alice.await("closed").text("code")).isEqualTo("quarantined");
      EventStream.Event last = events.next();
      assertThat(last.name()).isEqualTo("closed");
      assertThat(last.frame().text("code")).isEqualTo("quarantined");
      sql("DELETE FROM quarantine WHERE persistence_id = ?", torn);
      await().atMost(PATIENCE).until(() -> node.http().get(path(torn)).status() == 200);
      alice.open(torn);
    }
  }

  @Test
  void whoseRightsAreInQuarantineIsLetInNowhereAndToldWhy() {
    String subject = Names.fresh("user");
    String[] as = {"Authorization", "Bearer " + subject};
    String note = counted(1);
    assertThat(node.http().get(path(note), as).status()).isEqualTo(200);
    try (WireClient live = node.connectAs(subject);
        WireClient other = node.connectAs(Names.fresh("other"))) {
      sql(
          "INSERT INTO quarantine (persistence_id, at, version, reason) VALUES (?, 1, 0, 'so')",
          "auth/" + subject);

      assertThat(live.await("error").text("code")).isEqualTo("quarantined");
      assertThat(live.await("goaway").number("retryAfterMs")).isPositive();
      assertThat(live.awaitClose()).isEqualTo(1000);
      assertThat(node.http().get(path(note), as).code()).isEqualTo("quarantined");
      assertThat(node.http().put(path(note), "{'n':9}", as).code()).isEqualTo("quarantined");
      try (WireClient again = WireClient.to(node.httpPort())) {
        again.say("{'t':'hello','client':'c','token':'%s'}".formatted(subject));
        ServerFrame error = again.await("error");
        assertThat(error.text("code")).isEqualTo("quarantined");
        assertThat(error.text("re")).isEqualTo("hello");
        again.await("goaway");
      }
      other.open(note);
      assertThat(other.heard("goaway")).isEmpty();
    }
    sql("DELETE FROM quarantine WHERE persistence_id = ?", "auth/" + subject);
    await().atMost(PATIENCE).until(() -> node.http().get(path(note), as).status() == 200);
  }
}
