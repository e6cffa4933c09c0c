package io.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpRequest;
import io.holdfast.protocol.EntityId;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which version a read waits for, where the journal has version 7. */
class FreshnessTest {
  private static final EntityId NOTE = new EntityId("note", "a");

  private final Freshness freshness =
      new Freshness(entity -> CompletableFuture.completedFuture(entity.equals(NOTE) ? 7L : 0L));

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "?min-version=3, 3",
    "?consistency=strong, 7",
    "?consistency=strong&min-version=3, 7",
    "?consistency=strong&min-version=9, 9",
    "?consistency=weak, 0",
  })
  void aReadWaitsForWhatItAsksFor(String query, long version) {
    HttpRequest request = HttpRequest.GET("/v1/state/note/a" + query);

    assertThat(freshness.wanted(request, NOTE)).isCompletedWithValue(version);
  }
}
