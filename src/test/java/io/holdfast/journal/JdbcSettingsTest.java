package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class JdbcSettingsTest {
  private static final String URL = "jdbc:postgresql://db/holdfast";

  private static String completed(String url) {
    return JdbcSettings.external(url, "", "").url();
  }

  @Test
  void addsTheTimeoutsThatKeepASilentDatabaseFromHoldingThreads() {
    assertThat(completed(URL))
        .isEqualTo(URL + "?connectTimeout=3&loginTimeout=5&socketTimeout=10&tcpKeepAlive=true"
            + "&options=-c%20statement_timeout%3D8000");
  }

  @Test
  void leavesWhatTheUrlSetsAndAddsTheRest() {
    assertThat(completed(URL + "?socketTimeout=60&ssl=true"))
        .startsWith(URL + "?socketTimeout=60&ssl=true&connectTimeout=3&")
        .doesNotContain("socketTimeout=10");
    assertThat(completed(URL + "?ssl=true&options=-c%20x=1"))
        .contains("options=-c%20x=1")
        .doesNotContain("statement_timeout");
  }

  @Test
  void leavesAnotherDatabaseAlone() {
    assertThat(completed("jdbc:h2:mem:x")).isEqualTo("jdbc:h2:mem:x");
  }

  @Test
  void refusesADatabaseItDoesNotKnow() {
    assertThatThrownBy(() -> completed("jdbc:mysql://db/x"))
        .hasMessageContaining("expected: jdbc:postgresql:");
  }
}
