package io.holdfast.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import io.holdfast.document.JsonBuffer;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Refusal;

/** A refusal as HTTP says it: RFC 9457 problem details with our {@code code}. The one place that maps codes to statuses. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final ContentType TYPE = ContentTypes.create(MediaTypes.customWithFixedCharset(
      "application",
      "problem+json",
      akka.http.javadsl.model.HttpCharsets.UTF_8,
      new java.util.HashMap<>(),
      false));
  private static final String RETRY_SECONDS = "1";

  private final transient Refusal refusal;
  private final transient StatusCode status;

  private Problem(Refusal refusal, StatusCode status) {
    super(refusal.detail(), null, false, false);
    this.refusal = refusal;
    this.status = status;
  }

  static Problem of(ErrorCode code, String detail) {
    return of(Refusal.of(code, detail));
  }

  static Problem of(Refusal refusal) {
    return new Problem(refusal, status(refusal.code()));
  }

  /** What was asked for is not there. */
  static Problem notFound(String detail) {
    return new Problem(Refusal.of(ErrorCode.NO_SUCH_PATH, detail), StatusCodes.NOT_FOUND);
  }

  static StatusCode status(ErrorCode code) {
    return switch (code) {
      case BAD_FRAME, UNKNOWN_FRAME, BAD_ENTITY, BAD_PATCH, TOO_DEEP -> StatusCodes.BAD_REQUEST;
      case UNAUTHENTICATED -> StatusCodes.UNAUTHORIZED;
      case FORBIDDEN -> StatusCodes.FORBIDDEN;
      case UNKNOWN_KIND -> StatusCodes.NOT_FOUND;
      case NO_SUCH_PATH, TEST_FAILED, GAP, EXPIRED_CLIENT -> StatusCodes.CONFLICT;
      case VERSION_MISMATCH -> StatusCodes.PRECONDITION_FAILED;
      case TOO_LARGE -> StatusCodes.get(413);
      case INVALID, LIMIT -> StatusCodes.get(422);
      case OVERLOADED -> StatusCodes.TOO_MANY_REQUESTS;
      case QUARANTINED, UNAVAILABLE -> StatusCodes.SERVICE_UNAVAILABLE;
      case INTERNAL -> StatusCodes.INTERNAL_SERVER_ERROR;
    };
  }

  HttpResponse toResponse() {
    HttpResponse response = response(refusal, status);
    if (isPassing()) {
      return response.addHeader(RawHeader.create("Retry-After", RETRY_SECONDS));
    }
    return status == StatusCodes.UNAUTHORIZED
        ? response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer"))
        : response;
  }

  /** Whether the same call may be answered if it comes again. */
  boolean isPassing() {
    return status == StatusCodes.TOO_MANY_REQUESTS || status == StatusCodes.SERVICE_UNAVAILABLE;
  }

  private static HttpResponse response(Refusal refusal, StatusCode status) {
    JsonBuffer body =
        new JsonBuffer(256).ascii("{\"code\":").string(refusal.code().wire());
    body.ascii(",\"detail\":").string(refusal.detail());
    if (!refusal.pointer().isEmpty()) {
      body.ascii(",\"pointer\":").string(refusal.pointer());
    }
    body.ascii(",\"status\":").number(status.intValue());
    body.ascii(",\"title\":").string(status.reason()).ascii(",\"type\":\"about:blank\"}");
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(TYPE, ByteString.fromArrayUnsafe(body.toBytes()));
  }
}
