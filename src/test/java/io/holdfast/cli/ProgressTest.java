package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000;
  private final AtomicLong now = new AtomicLong();

  private String shown(Cli cli) {
    return cli.err.toString(StandardCharsets.UTF_8);
  }

  private Progress progress(Cli cli) {
    return new Progress(cli.terminal(), "board/a", "commands", 200, now::get);
  }

  @Test
  void drawsABarOnATerminalAndWipesIt() {
    Cli cli = new Cli("").onATerminal();

    try (Progress progress = progress(cli)) {
      now.addAndGet(SECOND);
      progress.at(100);
    }

    assertThat(shown(cli))
        .isEqualTo(
            "\r\u001b[Kboard/a [===============               ]  50% 100/200 commands, 100/s\r\u001b[K");
  }

  @Test
  void writesPlainLinesNowAndThenElsewhere() {
    Cli cli = new Cli("");

    try (Progress progress = progress(cli)) {
      for (int i = 1; i <= 10; i++) {
        now.addAndGet(SECOND);
        progress.at(20L * i);
      }
    }

    assertThat(shown(cli))
        .isEqualTo("board/a:  50% 100/200 commands, 20/s\nboard/a: 100% 200/200 commands, 20/s\n");
  }

  @Test
  void saysNothingAboutShortWork() {
    Cli cli = new Cli("").onATerminal();

    try (Progress progress = progress(cli)) {
      progress.at(200);
    }

    assertThat(shown(cli)).isEmpty();
  }
}
