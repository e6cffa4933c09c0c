package io.holdfast.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The checker's own reading of stored events against the bytes that are never edited. */
class StoredFormTest {
  private static JournalRow golden(int number) {
    try {
      Path file = Path.of("src/test/resources/journal/v1/event-%d.hex".formatted(number));
      byte[] bytes = HexFormat.of().parseHex(Files.readString(file).strip());
      return new JournalRow("note/a", number, false, "w", bytes);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void theOldestEventsFitTheirChain() {
    Ledger ledger = Ledger.of("note/a", List.of(golden(1), golden(2)));

    assertThat(ledger.findings()).isEmpty();
    assertThat(ledger.document(2).orElseThrow()).hasToString("{\"n\":1,\"ü\":[true,null,1.5]}");
  }

  @Test
  void anEventOfAnotherEntityDoesNot() {
    JournalRow row = golden(1);

    Ledger ledger =
        Ledger.of("note/b", List.of(new JournalRow("note/b", 1, false, "w", row.payload())));

    assertThat(ledger.findings()).extracting(Finding::breach).containsExactly(Breach.CHAIN_BROKEN);
  }

  @Test
  void partsOfAnEventAreNone() {
    byte[] whole = golden(1).payload();

    IntStream.range(0, whole.length).forEach(length -> {
      byte[] part = java.util.Arrays.copyOf(whole, length);
      Ledger ledger = Ledger.of("note/a", List.of(new JournalRow("note/a", 1, false, "w", part)));
      assertThat(ledger.findings())
          .extracting(Finding::breach)
          .containsExactly(Breach.CHAIN_BROKEN);
    });
  }
}
