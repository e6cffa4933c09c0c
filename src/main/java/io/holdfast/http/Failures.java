package io.holdfast.http;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.MethodRejection;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.Route;
import io.holdfast.journal.JournalUnavailable;
import io.holdfast.protocol.ErrorCode;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what goes wrong in a route into a problem document. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static Route answered(Route route) {
    ExceptionHandler exceptions = ExceptionHandler.newBuilder()
        .matchAny(failed -> Directives.complete(response(failed)))
        .build();
    return Directives.handleExceptions(exceptions, () -> route);
  }

  /** {@code nothing} where no path fits; where only the method does not, that is said. */
  static Route complete(Route route, Route nothing) {
    RejectionHandler rejections = RejectionHandler.newBuilder()
        .handle(MethodRejection.class, rejected -> Directives.complete(methodNotAllowed(rejected)))
        .handleNotFound(nothing)
        .build();
    return Directives.handleRejections(rejections, () -> route);
  }

  private static HttpResponse methodNotAllowed(MethodRejection rejected) {
    String detail = "method: not for this path (expected: %s, among others)"
        .formatted(rejected.supported().name());
    return Problem.of(ErrorCode.BAD_FRAME, detail).toResponse().withStatus(405);
  }

  private static HttpResponse response(Throwable failed) {
    Throwable cause = failed;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Problem problem) {
      return problem.toResponse();
    }
    if (cause instanceof JournalUnavailable || cause instanceof TimeoutException) {
      LOG.warn("http: a call was not answered in time: {}", cause.getMessage());
      return Problem.of(ErrorCode.UNAVAILABLE, "journal: does not answer now (expected: ask again)")
          .toResponse();
    }
    LOG.error("http: a call failed", cause);
    return Problem.of(ErrorCode.INTERNAL, "server: failed to answer (expected: the log says more)")
        .toResponse();
  }
}
