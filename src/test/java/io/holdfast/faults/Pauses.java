package io.holdfast.faults;

import io.holdfast.checker.CommandId;
import io.holdfast.checker.Receipt;
import io.holdfast.checker.Sent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long writers had to wait, in milliseconds.
 *
 * @param gaps between two accepted commands of a session, ascending
 * @param answers from a command's first sending to its receipt, ascending
 */
record Pauses(List<Long> gaps, List<Long> answers) {
  private static final long NANOS = 1_000_000;

  /** Of what happened while commands were issued. */
  static Pauses of(List<Sent> sent, List<Receipt> receipts, long from, long to) {
    Map<CommandId, Long> first = new HashMap<>();
    sent.forEach(sending -> first.putIfAbsent(sending.command(), sending.at()));
    Map<String, Long> last = new HashMap<>();
    Set<CommandId> known = new HashSet<>();
    List<Long> gaps = new ArrayList<>();
    List<Long> answers = new ArrayList<>();
    for (Receipt receipt : receipts) {
      Long begun = first.get(receipt.command());
      if (begun == null || begun < from || begun > to || !known.add(receipt.command())) {
        continue;
      }
      answers.add((receipt.at() - begun) / NANOS);
      if (receipt.accepted()) {
        Long before = last.put(receipt.command().client(), receipt.at());
        gaps.add((receipt.at() - (before == null ? from : before)) / NANOS);
      }
    }
    Collections.sort(gaps);
    Collections.sort(answers);
    return new Pauses(gaps, answers);
  }

  /** The value that so many of a hundred do not exceed; 0 if there are none. */
  static long percentile(List<Long> ascending, int percent) {
    if (ascending.isEmpty()) {
      return 0;
    }
    return ascending.get(
        (int) Math.min(ascending.size() - 1L, (long) ascending.size() * percent / 100));
  }

  static long longest(List<Long> ascending) {
    return percentile(ascending, 100);
  }

  @Override
  public String toString() {
    return "gap p99 %d ms, longest %d ms; receipt p50 %d ms, p99 %d ms, longest %d ms"
        .formatted(
            percentile(gaps, 99),
            longest(gaps),
            percentile(answers, 50),
            percentile(answers, 99),
            longest(answers));
  }
}
