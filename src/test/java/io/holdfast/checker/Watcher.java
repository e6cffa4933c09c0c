package io.holdfast.checker;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import java.util.ArrayList;
import java.util.List;

/** An observer of one entity in a {@link World}, which gets what a good server would send. */
final class Watcher {
  private final String entity;
  private String connection = "";
  private long version = Sight.NOTHING;

  Watcher(String entity) {
    this.entity = entity;
  }

  String connection() {
    return connection;
  }

  /** On a new connection, with or without what it has. */
  void comeBack(World world, String newConnection) {
    connection = newConnection;
    boolean resumes = version > 0 && world.dice(4) > 0;
    long epoch = resumes ? Draft.EPOCH : Sight.NOTHING;
    saw(world, new Sight.Opened(epoch, resumes ? version : Sight.NOTHING));
    if (!resumes) {
      state(world);
    } else if (version == world.head(entity)) {
      saw(world, new Sight.Current(Draft.EPOCH, version));
    } else {
      advance(world, world.head(entity));
    }
  }

  /** The next change, the next few in one, or the whole. */
  void hear(World world) {
    long behind = world.head(entity) - version;
    if (behind > 3 && world.dice(3) == 0) {
      state(world);
    } else if (behind > 0) {
      advance(world, version + 1 + world.dice((int) behind));
    }
  }

  void catchUp(World world) {
    while (version < world.head(entity)) {
      advance(world, version + 1);
    }
  }

  private void state(World world) {
    version = world.head(entity);
    saw(world, new Sight.State(Draft.EPOCH, version, world.document(entity, version)));
  }

  private void advance(World world, long to) {
    List<Json> ops = new ArrayList<>();
    List<Sight.Line> lines = new ArrayList<>();
    for (long v = version + 1; v <= to; v++) {
      Forge.Event event = world.event(entity, v);
      ((JsonArray) event.ops()).forEach(ops::add);
      if (to - v < 3) {
        lines.add(new Sight.Line(v, event.client(), event.seq(), event.by(), event.at()));
      }
    }
    saw(world, new Sight.Changed(version, to, JsonArray.of(ops), lines));
    version = to;
  }

  private void saw(World world, Sight sight) {
    world.saw(connection, entity, sight);
  }
}
