package io.holdfast.checker;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A small world in which every promise holds: clients that repeat themselves, observers that fall behind, writers that restart. */
final class World {
  private static final int STEPS = 400;
  private static final List<String> ENTITIES = List.of("note/a", "note/b", "note/c");
  private static final int CLIENTS = 4;

  private final Random random;
  private final Draft draft = new Draft();
  private final Map<String, List<Json>> documents = new HashMap<>();
  private final Map<String, Long> lastSeq = new HashMap<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<Receipt> lost = new ArrayList<>();
  private int writers = 1;
  private int connections;
  private long now = 1;

  private World(long seed) {
    random = new Random(seed);
    for (String entity : ENTITIES) {
      command(entity, "c0", Sent.ANY, "[{\"op\":\"add\",\"path\":\"\",\"value\":{\"n\":0}}]");
      watch(entity);
      watch(entity);
    }
  }

  /** What happened in the world of that seed. */
  static Draft history(long seed) {
    World world = new World(seed);
    for (int i = 0; i < STEPS; i++) {
      world.step();
    }
    world.comeToRest();
    return world.draft;
  }

  private List<Json> documents(String entity) {
    return documents.computeIfAbsent(entity, name -> new ArrayList<>(List.of(JsonNull.NULL)));
  }

  private void step() {
    now += 1 + random.nextInt(5);
    int what = random.nextInt(100);
    if (what < 45) {
      randomCommand();
    } else if (what < 80) {
      watchers.get(random.nextInt(watchers.size())).hear(this);
    } else if (what < 85) {
      watchers.get(random.nextInt(watchers.size())).comeBack(this, "o" + ++connections);
    } else if (what < 95) {
      read();
    } else {
      writers++;
    }
  }

  private String anEntity() {
    return ENTITIES.get(random.nextInt(ENTITIES.size()));
  }

  private void randomCommand() {
    String entity = anEntity();
    String client = "c" + random.nextInt(CLIENTS);
    long condition = random.nextInt(8) == 0 ? head(entity) : Sent.ANY;
    command(entity, client, condition, "[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]");
  }

  private void command(String entity, String client, long condition, String ops) {
    long seq = lastSeq.merge(client + entity, 1L, Long::sum);
    Sent command =
        new Sent(now, new CommandId(client, entity, seq), seq - 1, condition, parse(ops));
    draft.sent.add(command);
    now++;
    Receipt receipt = random.nextInt(6) == 0 && seq > 1
        ? new Receipt(now, command.command(), false, head(entity), "test-failed")
        : new Receipt(now, command.command(), true, accept(command), "");
    if (random.nextInt(5) == 0) {
      draft.sent.add(new Sent(now, command.command(), command.after(), condition, command.ops()));
      lost.add(receipt);
    } else {
      draft.receipts.add(receipt);
    }
  }

  private long accept(Sent command) {
    String entity = command.command().entity();
    draft
        .events(entity)
        .add(new Forge.Event(
            command.command().client(),
            command.command().seq(),
            "somebody",
            now,
            command.ops(),
            "w" + writers));
    documents(entity).add(applied(command.ops(), document(entity, head(entity))));
    return head(entity);
  }

  private static Json applied(Json ops, Json before) {
    try {
      return Patch.parse(ops).applyTo(before);
    } catch (PatchRefused impossible) {
      throw new AssertionError(impossible);
    }
  }

  private void read() {
    String entity = anEntity();
    boolean strong = random.nextBoolean();
    long version = strong ? head(entity) : random.nextInt((int) head(entity) + 1);
    long epoch = version == 0 ? 0 : Draft.EPOCH;
    long atLeast = strong || version == 0 ? 0 : random.nextInt((int) version);
    draft.reads.add(
        new Read(now, ++now, entity, epoch, version, document(entity, version), atLeast, strong));
  }

  private void comeToRest() {
    now++;
    for (Receipt late : lost) {
      draft.receipts.add(
          new Receipt(now, late.command(), late.accepted(), late.version(), late.code()));
    }
    for (Watcher watcher : watchers) {
      watcher.catchUp(this);
      draft.staying.add(watcher.connection());
    }
  }

  private void watch(String entity) {
    Watcher watcher = new Watcher(entity);
    watchers.add(watcher);
    watcher.comeBack(this, "o" + ++connections);
  }

  void saw(String connection, String entity, Sight sight) {
    draft.seen.add(new Seen(++now, connection, entity, sight));
  }

  long head(String entity) {
    return documents(entity).size() - 1L;
  }

  Json document(String entity, long version) {
    return documents(entity).get((int) version);
  }

  Forge.Event event(String entity, long version) {
    return draft.events(entity).get((int) version - 1);
  }

  int dice(int sides) {
    return random.nextInt(sides);
  }

  static JsonArray parse(String ops) {
    try {
      return (JsonArray) JsonReader.read(ops);
    } catch (JsonRefused impossible) {
      throw new AssertionError(impossible);
    }
  }
}
