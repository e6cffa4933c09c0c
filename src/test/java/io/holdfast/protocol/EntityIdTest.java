package io.holdfast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"user/42", "room/a.b_c~d:e-f", "a/A"})
  void readsANameBack(String name) {
    assertThat(EntityId.parse(name)).map(EntityId::toString).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "user",
        "user/",
        "/42",
        "User/42",
        "1a/b",
        "user/a/b",
        "user/a b",
        "user/é",
        "user/a\0b",
        "user/%00"
      })
  void refusesWhatIsNoName(String name) {
    assertThat(EntityId.parse(name)).isEmpty();
  }

  @Test
  void boundsTheLengthOfBothParts() {
    assertThat(EntityId.of("k".repeat(32), "i".repeat(120))).isPresent();
    assertThat(EntityId.of("k".repeat(33), "i")).isEmpty();
    assertThat(EntityId.of("k", "i".repeat(121))).isEmpty();
  }

  @Test
  void readsAPositionAsETagsWriteIt() {
    assertThat(Position.parse("1795396629812.7")).contains(new Position(1795396629812L, 7));
    assertThat(Position.parse("1.")).isEmpty();
    assertThat(Position.parse(".1")).isEmpty();
    assertThat(Position.parse("1.-1")).isEmpty();
    assertThat(Position.parse("99999999999999999999.1")).isEmpty();
  }

  @Test
  void knowsEveryCodeByItsNameOnTheWire() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(ErrorCode.ofWire(code.wire())).contains(code);
    }
    assertThat(ErrorCode.NO_SUCH_PATH.wire()).isEqualTo("no-such-path");
    assertThat(ErrorCode.ofWire("nope")).isEmpty();
  }
}
