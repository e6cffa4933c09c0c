package io.holdfast.session;

import io.holdfast.auth.Principal;
import io.holdfast.auth.Right;
import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import io.holdfast.entity.EntityKind;
import io.holdfast.entity.Proposal;
import io.holdfast.protocol.ClientFrame;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames;
import io.holdfast.replica.Observation;
import io.holdfast.replica.Published;
import io.holdfast.replica.Replica;
import io.holdfast.replica.Replicas;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One session's entities: what it opened, what it sent, and which of them have news its socket did not take yet. */
final class Channels {
  private static final int MAX_PRESENCE_BYTES = 4096;

  private final Node node;
  private final Port port;
  private final String id;
  private final Identity identity;
  private final Supplier<String> client;
  private final Consumer<Observation> wake;
  private final Map<EntityId, Channel> channels = new HashMap<>();
  private final Deque<Channel> dirty = new ArrayDeque<>();

  /** {@code id} is the session's, {@code client} what it called itself in {@code hello}. */
  Channels(Node node, Port port, String id, Identity identity, Supplier<String> client) {
    this.node = node;
    this.port = port;
    this.id = id;
    this.identity = identity;
    this.client = client;
    this.wake = port.waker();
  }

  void open(ClientFrame.Open frame) {
    EntityId entity = frame.entity();
    if (node.catalog().kind(entity.kind()).isEmpty()) {
      refuse(
          "open",
          entity,
          ErrorCode.UNKNOWN_KIND,
          "kind: %s (expected: one of GET /v1/kinds)".formatted(entity.kind()));
      return;
    }
    Channel known = channels.get(entity);
    if ((known == null || !known.isOpen()) && openNow() >= node.settings().open()) {
      refuse(
          "open",
          entity,
          ErrorCode.LIMIT,
          "open: %d (expected: ≤ %d)".formatted(openNow() + 1, node.settings().open()));
      return;
    }
    Channel channel = known == null ? observe(entity, frame.known()) : known;
    channel.open(frame.known(), frame.presence());
    markDirty(channel);
  }

  private long openNow() {
    return channels.values().stream().filter(Channel::isOpen).count();
  }

  private Channel observe(EntityId entity, Optional<Position> has) {
    Channel channel = new Channel(entity, wake, node.meters());
    observe(channel, has);
    return channel;
  }

  private void observe(Channel channel, Optional<Position> has) {
    channels.put(channel.entity(), channel);
    node.replicas()
        .tell(new Replicas.To(channel.entity(), new Replica.Observe(channel.observation(), has)));
  }

  void close(ClientFrame.Close frame) {
    Channel channel = channels.get(frame.entity());
    if (channel != null && channel.isOpen()) {
      close(channel);
      forgetIfIdle(channel);
    }
  }

  private void close(Channel channel) {
    channel.close().forEach(port::send);
  }

  private void forgetIfIdle(Channel channel) {
    if (channel.isIdle()) {
      forget(channel);
    }
  }

  /** It may have waited in {@code dirty} while another took its place; then that one stays. */
  private void forget(Channel channel) {
    if (channels.remove(channel.entity(), channel)) {
      node.replicas()
          .tell(
              new Replicas.To(channel.entity(), new Replica.Unobserve(channel.observation(), id)));
    }
  }

  void mutate(ClientFrame.Mutate frame) {
    EntityId entity = frame.entity();
    if (node.catalog().kind(entity.kind()).isEmpty()) {
      refuse(
          "mutate",
          entity,
          ErrorCode.UNKNOWN_KIND,
          "kind: %s (expected: one of GET /v1/kinds)".formatted(entity.kind()));
      return;
    }
    Channel known = channels.get(entity);
    if (known != null && known.pending() >= node.settings().inFlight()) {
      String detail = "commands without receipt: %d (expected: ≤ %d)"
          .formatted(known.pending() + 1, node.settings().inFlight());
      refuse("mutate", entity, ErrorCode.OVERLOADED, detail);
      return;
    }
    Channel channel = known == null ? observe(entity, Optional.empty()) : known;
    channel.propose(proposal(frame), System.nanoTime());
  }

  private Proposal proposal(ClientFrame.Mutate frame) {
    long at = node.clock().millis();
    Principal who = identity.principal();
    try {
      Patch patch = Patch.parse(frame.ops());
      return Proposal.of(
          client.get(), frame.seq(), frame.after(), frame.ifVersion(), who, at, patch);
    } catch (PatchRefused refused) {
      return Proposal.unfit(client.get(), frame.seq(), frame.after(), who, at, Refusal.of(refused));
    }
  }

  void present(ClientFrame.Present frame) {
    EntityId entity = frame.entity();
    Channel channel = channels.get(entity);
    if (channel == null || !channel.isOpen() || channel.observation().replica().isEmpty()) {
      refuse("present", entity, ErrorCode.BAD_FRAME, "entity: not open (expected: open it first)");
    } else if (frame.data().encodedBytes() > MAX_PRESENCE_BYTES) {
      String detail = "data: %d bytes (expected: ≤ %d)"
          .formatted(frame.data().encodedBytes(), MAX_PRESENCE_BYTES);
      refuse("present", entity, ErrorCode.TOO_LARGE, detail);
    } else if (!mayOn(channel, Right.PRESENT, channel.observation().latest())) {
      refuse(
          "present",
          entity,
          ErrorCode.FORBIDDEN,
          "access: presence not given (expected: a right the kind gives)");
    } else {
      var present =
          new ServerFrames.Present(id, client.get(), identity.principal().subject(), frame.data());
      channel.observation().replica().get().tell(new Replica.SetPresence(present));
    }
  }

  private boolean mayOn(Channel channel, Right right, Optional<Published> latest) {
    Json document = latest.<Json>map(Published::document).orElse(JsonNull.NULL);
    EntityKind kind = node.catalog().kind(channel.entity().kind()).orElseThrow();
    return kind.access().allows(right, identity.principal(), channel.entity().id(), document);
  }

  /** Something about an observation is new. */
  void woken(Observation observation) {
    Channel channel = channels.get(observation.entity());
    if (channel != null && channel.observation() == observation) {
      markDirty(channel);
    }
  }

  private void markDirty(Channel channel) {
    if (!channel.isMarked()) {
      channel.mark(true);
      dirty.add(channel);
    }
    port.wantsToProduce();
  }

  /** Whether no command waits for its receipt. */
  boolean areSettled() {
    return channels.values().stream().allMatch(Channel::isSettled);
  }

  /** How many entities have news the socket did not take yet. */
  int behind() {
    return dirty.size();
  }

  /** Says what is new about the entity that waits longest; false if nothing waits. */
  boolean produce() {
    Channel channel = dirty.poll();
    if (channel == null) {
      return false;
    }
    channel.mark(false);
    produce(channel);
    return true;
  }

  private void produce(Channel channel) {
    Observation observation = channel.observation();
    observation.listen();
    channel.sendUnsent();
    Optional<Published> latest = observation.latest();
    if (observation.ended().isPresent()) {
      end(channel, observation.ended().get());
    } else if (channel.isOpen() && observation.withheld().isPresent()) {
      withhold(channel, observation.withheld().get());
    } else if (latest.isPresent() && channel.isOpen() && !mayOn(channel, Right.READ, latest)) {
      endReading(channel);
    }
    for (Frame frame : channel.frames(latest)) {
      node.meters().deliveries().increment();
      port.send(frame);
    }
    // One that is forgotten may have a successor, which must not be replaced.
    if (observation.isLost() && channels.get(channel.entity()) == channel) {
      renew(channel);
    }
    forgetIfIdle(channel);
  }

  private void endReading(Channel channel) {
    String detail = "access: %s may not read (expected: a right the kind gives)"
        .formatted(identity.principal().subject());
    boolean opening = channel.isOpening();
    close(channel);
    if (opening) {
      refuse("open", channel.entity(), ErrorCode.FORBIDDEN, detail);
    } else {
      port.send(ServerFrames.closed(channel.entity(), ErrorCode.FORBIDDEN, detail));
    }
  }

  private void end(Channel channel, Refusal why) {
    if (channel.isOpen()) {
      close(channel);
      port.send(ServerFrames.closed(channel.entity(), why.code(), why.detail()));
    }
  }

  /** The entity does not answer; the client asks again. */
  private void withhold(Channel channel, Refusal why) {
    if (channel.isOpening()) {
      close(channel);
      refuse("open", channel.entity(), why.code(), why.detail());
    } else {
      end(channel, why);
    }
  }

  private void renew(Channel channel) {
    Channel next = channel.renewed(wake);
    observe(next, next.has());
  }

  private void refuse(String re, EntityId entity, ErrorCode code, String detail) {
    port.send(ServerFrames.error(Refusal.of(code, detail), re, entity.toString()));
  }

  /** Looks at every entity again, as after a change of what the session may do. */
  void review() {
    channels.values().forEach(this::markDirty);
  }

  /** The socket is gone. */
  void gone() {
    channels.values().stream().toList().forEach(this::forget);
  }
}
