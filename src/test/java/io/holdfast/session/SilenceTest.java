package io.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.stream.javadsl.Keep;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import io.holdfast.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that says nothing is asked once, and then given up. */
final class SilenceTest {
  private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
  private static final Duration THIRD = Duration.ofSeconds(15);
  private static final String QUESTION = "{\"t\":\"pong\",\"n\":0}";

  @TempDir
  Path directory;

  private final ManualTime time = ManualTime.get(KIT.system());
  private TestPublisher.Probe<ByteString> client;
  private TestSubscriber.Probe<ByteString> server;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void connect() throws Exception {
    Node node = TestNode.of(
        directory,
        KIT.<Replicas.Command>createTestProbe().getRef(),
        ConfigFactory.parseString("holdfast.session.hello-timeout = 10 minutes"));
    var ends = TestSource.<ByteString>create(KIT.system())
        .via(new SocketStage(node, "s"))
        .toMat(TestSink.create(KIT.system()), Keep.both())
        .run(KIT.system());
    client = ends.first();
    server = ends.second();
  }

  /** Under a mask of zeros. */
  private void say(String frame) {
    byte[] header = {(byte) 0x81, (byte) (0x80 | frame.length()), 0, 0, 0, 0};
    client.sendNext(ByteString.fromArray(header).concat(ByteString.fromString(frame)));
  }

  private String heard() {
    return server.requestNext().utf8String();
  }

  private void hello() {
    say("{\"t\":\"hello\",\"client\":\"c\"}");
    assertThat(heard()).contains("\"welcome\"");
  }

  /** Says something, and hears the answer and no question. */
  private void ping(int n) {
    say("{\"t\":\"ping\",\"n\":%d}".formatted(n));
    assertThat(heard()).contains("\"pong\",\"n\":" + n).doesNotContain(QUESTION);
  }

  private void pass(int thirds) {
    time.timePasses(THIRD.multipliedBy(thirds));
  }

  @Test
  void whoAnswersTheQuestionStays() {
    hello();

    for (int n = 1; n <= 3; n++) {
      pass(3);
      assertThat(heard()).contains(QUESTION);
      ping(n);
    }
  }

  @Test
  void whoDoesNotAnswerIsAskedOnceAndHungUpOn() {
    hello();

    pass(3);
    assertThat(heard()).contains(QUESTION);
    pass(1);

    assertThat(heard()).contains("\"goaway\"", "\"overloaded\"", "silence").doesNotContain("pong");
  }

  @Test
  void whoSaysSomethingInTimeIsNotAsked() {
    hello();

    for (int n = 1; n <= 3; n++) {
      pass(2);
      ping(n);
    }
  }

  @Test
  void whoDidNotSayHelloIsNotAsked() {
    server.request(1);
    pass(4);

    assertThat(server.expectNext().utf8String()).contains("\"goaway\"").doesNotContain("pong");
  }
}
