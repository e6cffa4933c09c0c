package io.holdfast.load;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** Minutes: a thousand users, a hundred and more updates a second over shared and own entities. */
public final class Steady extends Simulation {
  private static final Duration SLACK = Duration.ofMinutes(5);

  private final Target target = Target.fromProperties();
  private final Pace pace = Pace.steady();
  private final Crowd crowd = new Crowd(target, pace);

  public Steady() {
    Duration writing = pace.ramp().plus(pace.interval().multipliedBy(pace.commands()));
    setUp(crowd.scenario().injectOpen(rampUsers(pace.users()).during(pace.ramp())))
        .protocols(crowd.protocol())
        .maxDuration(writing.plus(SLACK))
        .assertions(
            global().failedRequests().count().is(0L),
            details(Crowd.RECEIPT).successfulRequests().count().is(pace.receipts()),
            details(Crowd.RECEIPT)
                .responseTime()
                .percentile(99)
                .lt(Integer.getInteger("holdfast.p99", 1000)),
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
