package io.holdfast.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that bytes, seen piece by piece, are UTF-8 as RFC 3629 has it: no surrogates, nothing overlong. That the last character
 * is whole goes unchecked: JSON ends in ASCII.
 */
final class Utf8Check {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080808080808080L;

  private int due;
  private int least;
  private int most;

  /** The first byte in {@code [from, to)} that cannot stand there; {@code to} if all can. */
  int firstBad(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (due == 0) {
        i = skipAscii(bytes, i, to);
        if (i == to) {
          break;
        }
      }
      if (!accept(bytes[i] & 0xFF)) {
        return i;
      }
      i++;
    }
    return to;
  }

  private static int skipAscii(byte[] bytes, int from, int to) {
    int i = from;
    while (i + 8 <= to && ((long) EIGHT.get(bytes, i) & NOT_ASCII) == 0) {
      i += 8;
    }
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  private boolean accept(int octet) {
    if (due > 0) {
      boolean fits = least <= octet && octet <= most;
      expect(due - 1, 0x80, 0xBF);
      return fits;
    }
    return startsCharacter(octet);
  }

  private boolean startsCharacter(int octet) {
    if (octet < 0xC2 || octet > 0xF4) {
      return octet < 0x80;
    }
    if (octet < 0xE0) {
      expect(1, 0x80, 0xBF);
    } else if (octet < 0xF0) {
      expect(2, octet == 0xE0 ? 0xA0 : 0x80, octet == 0xED ? 0x9F : 0xBF);
    } else {
      expect(3, octet == 0xF0 ? 0x90 : 0x80, octet == 0xF4 ? 0x8F : 0xBF);
    }
    return true;
  }

  private void expect(int count, int from, int to) {
    due = count;
    least = from;
    most = to;
  }
}
