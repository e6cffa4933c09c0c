package io.holdfast.protocol;

import io.holdfast.document.JsonRefused;
import io.holdfast.document.PatchRefused;

/**
 * Why something was not done.
 *
 * @param detail for a person: {@code what: actual (expected: …)}
 * @param pointer JSON pointer of the place in the document or frame; empty where none applies
 */
public record Refusal(ErrorCode code, String detail, String pointer) {

  public static Refusal of(ErrorCode code, String detail) {
    return new Refusal(code, detail, "");
  }

  /** What a patch's refusal is called on the wire. */
  public static Refusal of(PatchRefused refused) {
    ErrorCode code =
        switch (refused.reason()) {
          case BAD_PATCH -> ErrorCode.BAD_PATCH;
          case NO_SUCH_PATH -> ErrorCode.NO_SUCH_PATH;
          case TEST_FAILED -> ErrorCode.TEST_FAILED;
          case INVALID -> ErrorCode.INVALID;
          case TOO_DEEP -> ErrorCode.TOO_DEEP;
          case TOO_LARGE -> ErrorCode.TOO_LARGE;
        };
    return new Refusal(code, refused.detail(), refused.pointer());
  }

  /** What a text's refusal is called on the wire; the place goes into the detail. */
  public static Refusal of(JsonRefused refused) {
    ErrorCode code =
        switch (refused.reason()) {
          case MALFORMED -> ErrorCode.BAD_FRAME;
          case TOO_DEEP -> ErrorCode.TOO_DEEP;
          case TOO_LARGE -> ErrorCode.TOO_LARGE;
        };
    String place = "line %d, column %d: ".formatted(refused.line(), refused.column());
    return new Refusal(code, place + refused.detail(), refused.pointer());
  }
}
