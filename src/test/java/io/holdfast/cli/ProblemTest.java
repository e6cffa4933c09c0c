package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static Problem read(int status, String body, String retryAfter) throws Exception {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
    return Problem.read(
        status, headers, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void isCodeDetailAndPointerInOneLine() throws Exception {
    var problem = read(
        422,
        "{\"code\":\"invalid\",\"detail\":\"type: 1\\n(expected: string)\",\"pointer\":\"/title\"}",
        "0");

    assertThat(problem.line()).isEqualTo("invalid: type: 1 (expected: string) (at /title)");
  }

  @Test
  void isTheStatusWhenSomethingElseAnswered() throws Exception {
    assertThat(read(502, "<html>Bad Gateway</html>", "0").line()).isEqualTo("HTTP 502");
    assertThat(read(404, "[1]", "0").line()).isEqualTo("HTTP 404");
  }

  @Test
  void knowsWhenToComeBackInSeconds() throws Exception {
    assertThat(read(503, "{}", "17").retryAfter()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void knowsWhenToComeBackByADate() throws Exception {
    ZonedDateTime later = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);

    var problem = read(503, "{}", later.format(DateTimeFormatter.RFC_1123_DATE_TIME));

    assertThat(problem.retryAfter()).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60));
  }

  @Test
  void comesBackAtOnceWhenTheDateIsPastOrNone() throws Exception {
    assertThat(read(503, "{}", "Wed, 21 Oct 2015 07:28:00 GMT").retryAfter()).isZero();
    assertThat(read(503, "{}", "soon").retryAfter()).isZero();
  }
}
