package io.holdfast.session;

import akka.actor.typed.ActorRef;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.auth.AuthSettings;
import io.holdfast.document.Limits;
import io.holdfast.entity.Catalog;
import io.holdfast.kind.Kinds;
import io.holdfast.protocol.FrameReader;
import io.holdfast.replica.Replicas;
import io.holdfast.telemetry.Meters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** A node without replicas of its own, with notes for anyone and secrets for their members. */
final class TestNode {
  private TestNode() {}

  /** The kinds are written into {@code directory}. */
  static Node of(Path directory, ActorRef<Replicas.Command> replicas) throws Exception {
    return of(directory, replicas, ConfigFactory.empty());
  }

  /** The same with other settings than the defaults. */
  static Node of(Path directory, ActorRef<Replicas.Command> replicas, Config settings)
      throws Exception {
    Files.writeString(
        directory.resolve("secret.json"),
        "{\"kind\":\"secret\",\"access\":{\"read\":[\"state:/members/{sub}\"]}}");
    Files.writeString(
        directory.resolve("note.json"),
        "{\"kind\":\"note\",\"access\":{\"read\":[\"anyone\"],\"write\":[\"anyone\"],\"create\":[\"anyone\"]}}");
    return new Node(
        "node",
        SessionSettings.from(settings.withFallback(ConfigFactory.defaultReference())),
        Catalog.of(Kinds.load(directory)),
        replicas,
        AuthSettings.dev().verifier(Clock.systemUTC()),
        new FrameReader(Limits.DEFAULT),
        new Rates(100),
        new Sessions(),
        new Meters(),
        Clock.systemUTC());
  }
}
