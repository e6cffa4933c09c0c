package io.holdfast.session;

import akka.actor.typed.ActorRef;
import io.holdfast.auth.TokenVerifier;
import io.holdfast.entity.Catalog;
import io.holdfast.protocol.FrameReader;
import io.holdfast.replica.Replicas;
import io.holdfast.telemetry.Meters;
import java.time.Clock;

/** What all sessions of a node share. */
public record Node(
    String name,
    SessionSettings settings,
    Catalog catalog,
    ActorRef<Replicas.Command> replicas,
    TokenVerifier tokens,
    FrameReader reader,
    Rates rates,
    Sessions sessions,
    Meters meters,
    Clock clock) {}
