package io.holdfast.load;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** Seconds: a few users write together; every command gets its receipt and everybody ends with the same documents. */
public final class Smoke extends Simulation {
  private final Target target = Target.fromProperties();
  private final Pace pace = Pace.smoke();
  private final Crowd crowd = new Crowd(target, pace);

  public Smoke() {
    setUp(crowd.scenario().injectOpen(rampUsers(pace.users()).during(pace.ramp())))
        .protocols(crowd.protocol())
        .maxDuration(Duration.ofMinutes(3))
        .assertions(
            global().failedRequests().count().is(0L),
            details(Crowd.RECEIPT).successfulRequests().count().is(pace.receipts()),
            details(Crowd.CONVERGED).successfulRequests().count().is(pace.agreements()));
  }

  @Override
  public void before() {
    crowd.prepare();
  }

  @Override
  public void after() {
    target.close();
  }
}
