package io.holdfast.document;

import java.nio.charset.StandardCharsets;

/** RFC 8949 with shortest integers, lengths and lossless floats. */
final class CborWriter {
  private static final int UNSIGNED = 0x00;
  private static final int NEGATIVE = 0x20;
  private static final int TEXT = 0x60;
  private static final int ARRAY = 0x80;
  private static final int MAP = 0xA0;
  private static final int FALSE = 0xF4;
  private static final int TRUE = 0xF5;
  private static final int NULL = 0xF6;
  private static final int FLOAT = 0xFA;
  private static final int DOUBLE = 0xFB;

  private final JsonBuffer out;

  private CborWriter(JsonBuffer out) {
    this.out = out;
  }

  static byte[] encode(Json value) {
    JsonBuffer out = new JsonBuffer(Math.min(value.encodedBytes(), 1 << 20));
    new CborWriter(out).value(value);
    return out.toBytes();
  }

  private void value(Json value) {
    if (value instanceof JsonString string) {
      text(string.value());
    } else if (value instanceof JsonNumber number) {
      number(number.value());
    } else if (value instanceof JsonObject object) {
      head(MAP, object.size());
      slots(object.root());
    } else if (value instanceof JsonArray array) {
      head(ARRAY, array.size());
      slots(array.root());
    } else {
      out.octet(value == JsonNull.NULL ? NULL : value == JsonBoolean.TRUE ? TRUE : FALSE);
    }
  }

  private void slots(Node node) {
    for (int i = 0; i < node.slots.length; i++) {
      if (!node.isLeaf()) {
        slots(node.child(i));
        continue;
      }
      if (node.isKeyed()) {
        text(node.keys[i]);
      }
      value(node.valueIn(i));
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    head(TEXT, utf8.length);
    out.bytes(utf8);
  }

  private void number(double value) {
    if (NumberText.isExactInteger(value)) {
      long integer = (long) value;
      head(integer < 0 ? NEGATIVE : UNSIGNED, integer < 0 ? -1 - integer : integer);
    } else if ((float) value == value) {
      out.octet(FLOAT);
      bigEndian(Float.floatToIntBits((float) value), 4);
    } else {
      out.octet(DOUBLE);
      bigEndian(Double.doubleToLongBits(value), 8);
    }
  }

  private void head(int major, long argument) {
    if (argument < 24) {
      out.octet(major | (int) argument);
    } else if (argument < 1L << 8) {
      out.octet(major | 24);
      bigEndian(argument, 1);
    } else if (argument < 1L << 16) {
      out.octet(major | 25);
      bigEndian(argument, 2);
    } else if (argument < 1L << 32) {
      out.octet(major | 26);
      bigEndian(argument, 4);
    } else {
      out.octet(major | 27);
      bigEndian(argument, 8);
    }
  }

  private void bigEndian(long bits, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.octet((int) (bits >>> shift));
    }
  }
}
