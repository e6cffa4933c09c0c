package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import io.holdfast.protocol.EntityId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A custody that keeps what it is told, and has the anchor a test gives it. */
final class TestCustody implements Custody {
  private final List<State> heads = new CopyOnWriteArrayList<>();
  private final List<ActorRef<StateEntity.Command>> passivated = new CopyOnWriteArrayList<>();
  private final Map<EntityId, String> quarantined = new ConcurrentHashMap<>();
  private volatile Optional<Anchor> anchor = Optional.empty();

  void anchor(long version, Hash hash) {
    anchor = Optional.of(new Anchor(version, hash));
  }

  void quarantine(EntityId entity, String reason) {
    quarantined.put(entity, reason);
  }

  void release(EntityId entity) {
    quarantined.remove(entity);
  }

  void forget() {
    heads.clear();
  }

  List<State> heads() {
    return heads;
  }

  List<ActorRef<StateEntity.Command>> passivated() {
    return passivated;
  }

  @Override
  public void committed(State after) {
    heads.add(after);
  }

  @Override
  public Optional<Anchor> takeAnchor(EntityId entity) {
    return anchor;
  }

  @Override
  public void damaged(EntityId entity, long version, String reason) {
    quarantined.put(entity, reason);
  }

  @Override
  public Optional<String> quarantined(EntityId entity) {
    return Optional.ofNullable(quarantined.get(entity));
  }

  @Override
  public void passivate(ActorRef<StateEntity.Command> entity) {
    passivated.add(entity);
  }
}
