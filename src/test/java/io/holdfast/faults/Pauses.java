package io.holdfast.faults;

import io.holdfast.checker.CommandId;
import io.holdfast.checker.Receipt;
import io.holdfast.checker.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long writers had to wait, in milliseconds.
 *
 * @param gaps between two receipts of a session, ascending
 * @param answers from a command's first sending to its receipt, ascending
 * @param longest which command waited longest, and when
 */
record Pauses(List<Long> gaps, List<Long> answers, String longest) {
  private static final long NANOS = 1_000_000;

  /** Of the commands issued between {@code from} and {@code to}. */
  static Pauses of(List<Sent> sent, List<Receipt> receipts, long from, long to) {
    Map<CommandId, Long> begun = new HashMap<>();
    sent.forEach(sending -> begun.putIfAbsent(sending.command(), sending.at()));
    begun.values().removeIf(at -> at < from || at > to);
    Map<CommandId, Receipt> first = new LinkedHashMap<>();
    receipts.stream()
        .filter(receipt -> begun.containsKey(receipt.command()))
        .forEach(receipt -> first.putIfAbsent(receipt.command(), receipt));
    List<Long> answers = new ArrayList<>();
    long most = -1;
    String longest = "nobody waited";
    for (Receipt receipt : first.values()) {
      long at = begun.getOrDefault(receipt.command(), from);
      answers.add((receipt.at() - at) / NANOS);
      if (receipt.at() - at > most) {
        most = receipt.at() - at;
        longest = "%s from +%d ms on".formatted(receipt.command(), (at - from) / NANOS);
      }
    }
    Collections.sort(answers);
    return new Pauses(gaps(first.values(), from), answers, longest);
  }

  private static List<Long> gaps(Collection<Receipt> receipts, long from) {
    Map<String, Long> last = new HashMap<>();
    List<Long> gaps = new ArrayList<>();
    for (Receipt receipt : receipts) {
      Long before = last.put(receipt.command().client(), receipt.at());
      gaps.add((receipt.at() - (before == null ? from : before)) / NANOS);
    }
    Collections.sort(gaps);
    return gaps;
  }

  /** The value that so many of a hundred do not exceed; 0 if there are none. */
  static long percentile(List<Long> ascending, int percent) {
    if (ascending.isEmpty()) {
      return 0;
    }
    long index = (long) ascending.size() * percent / 100;
    return ascending.get((int) Math.min(ascending.size() - 1L, index));
  }

  @Override
  public String toString() {
    return "gap p99 %d ms, longest %d ms; receipt p50 %d ms, p99 %d ms, longest %d ms (%s)"
        .formatted(
            percentile(gaps, 99),
            percentile(gaps, 100),
            percentile(answers, 50),
            percentile(answers, 99),
            percentile(answers, 100),
            longest);
  }
}
