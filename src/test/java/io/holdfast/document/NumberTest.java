package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTest {
  /** RFC 8785, appendix B. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void numbersAreWrittenAsEcmaScriptDoes(String bits, String text) {
    JsonNumber number = JsonNumber.of(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)));

    assertThat(number).hasToString(text);
    assertThat(number.encodedBytes()).isEqualTo(text.length());
  }

  @ParameterizedTest
  @CsvSource({
    "1e-323, 1e-323",
    "1.5e-323, 1.5e-323",
    "2e-323, 2e-323",
    "4.4e-323, 4.4e-323",
    "1e-322, 1e-322",
    "0.1, 0.1",
    "0.01, 0.01",
    "100.25, 100.25",
    "-100.25, -100.25",
    "-0.5, -0.5",
    "0.000001, 0.000001",
    "0.0000015, 0.0000015",
    "1e-7, 1e-7",
    "123456.789012, 123456.789012",
    "1e20, 100000000000000000000",
    "123e18, 123000000000000000000",
    "1e21, 1e+21",
    "12e20, 1.2e+21",
    "1e100, 1e+100",
    "9007199254740994, 9007199254740994",
    "-9007199254740994, -9007199254740994"
  })
  void numbersTakeTheFewestDigits(double value, String text) {
    assertThat(NumberText.of(value)).isEqualTo(text);
    assertThat(NumberText.length(value)).isEqualTo(text.length());
  }

  @Property(tries = 5000)
  void theTextReadsBackAsTheNumber(@ForAll Random random) {
    double value = Documents.number(random);

    assertThat(Double.parseDouble(NumberText.of(value))).isEqualTo(value + 0.0);
    assertThat(NumberText.of(value)).hasSize(NumberText.length(value));
  }

  @Property(tries = 3000)
  void noShorterTextReadsBackAsTheNumber(@ForAll Random random) {
    double value =
        random.nextInt(3) == 0 ? random.nextInt(2000) * Double.MIN_VALUE : Documents.number(random);
    int digits = new BigDecimal(NumberText.of(value)).stripTrailingZeros().precision();

    for (int fewer = 1; fewer < digits; fewer++) {
      BigDecimal nearest = new BigDecimal(value).round(new MathContext(fewer));
      assertThat(nearest.doubleValue()).isNotEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void onlyFiniteNumbersAreNumbers(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonNumber.of(value))
        .withMessage("number: %s (expected: a finite one)", value);
  }

  @Test
  void minusZeroIsZero() {
    assertThat(JsonNumber.of(-0.0)).isEqualTo(JsonNumber.of(0)).hasSameHashCodeAs(JsonNumber.of(0));
    assertThat(1 / JsonNumber.of(-0.0).value()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {-129, -128, -127, -1, 0, 1, 9, 10, 99, 100, 1022, 1023, 1024, 1025, 1e9, 0x1p52})
  void integersKeepTheirValue(double value) {
    assertThat(JsonNumber.of(value).value()).isEqualTo(value);
    assertThat(JsonNumber.of(value)).hasToString(Long.toString((long) value));
    assertThat(JsonNumber.of(value).encodedBytes())
        .isEqualTo(Long.toString((long) value).length());
    assertThat(JsonNumber.of(value))
        .isEqualTo(JsonNumber.of(value))
        .isNotEqualTo(JsonNumber.of(value + 1));
    assertThat(JsonNumber.of(value).depth()).isZero();
  }

  @Test
  void smallIntegersAreKept() {
    assertThat(JsonNumber.of(-128)).isSameAs(JsonNumber.of(-128));
    assertThat(JsonNumber.of(1023)).isSameAs(JsonNumber.of(1023));
  }

  @Test
  void anIntegerIsSafeBelowTwoToThe53() {
    assertThat(JsonNumber.of(0x1p53 - 1).isSafeInteger()).isTrue();
    assertThat(JsonNumber.of(1 - 0x1p53).isSafeInteger()).isTrue();
    assertThat(JsonNumber.of(0x1p53).isSafeInteger()).isFalse();
    assertThat(JsonNumber.of(1.5).isSafeInteger()).isFalse();
    assertThat(JsonNumber.of(-3).isSafeInteger()).isTrue();
  }
}
