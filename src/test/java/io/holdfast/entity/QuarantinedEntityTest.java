package io.holdfast.entity;

import static io.holdfast.entity.Given.proposal;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QuarantinedEntityTest {
  private static final ActorTestKit KIT = ActorTestKit.create("quarantined");
  private static final EntityId ENTITY = new EntityId("note", "a");

  private final TestCustody custody = new TestCustody();
  private final TestProbe<Notice> replica = KIT.createTestProbe();
  private ActorRef<StateEntity.Command> entity;

  @BeforeEach
  void spawn() {
    custody.quarantine(ENTITY, "hole");
    entity = KIT.spawn(QuarantinedEntity.create(ENTITY, "hole", custody));
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void tellsWhoeverWritesOrAttaches() {
    entity.tell(new StateEntity.Attach(replica.getRef(), Position.NONE));
    replica.expectMessage(new Notice.Quarantined("hole"));

    entity.tell(new StateEntity.Submit(1, List.of(proposal("c", 1, 0, "[]")), replica.getRef()));
    replica.expectMessage(new Notice.Quarantined("hole"));
  }

  @Test
  void makesRoomOnceItIsReleasedAndNotBefore() {
    entity.tell(new StateEntity.Attach(replica.getRef(), Position.NONE));
    replica.expectMessage(new Notice.Quarantined("hole"));
    assertThat(custody.passivated()).isEmpty();

    custody.release(ENTITY);

    replica.expectTerminated(entity, Duration.ofSeconds(10));
    assertThat(custody.passivated()).containsExactly(entity);
  }
}
