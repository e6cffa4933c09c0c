package io.holdfast.http;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.Limits;
import io.holdfast.document.Op;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import io.holdfast.document.Pointer;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Reads what callers send, as JSON under our limits. */
final class Bodies {
  /** So many times of what is taken are waited for to the end, to be refused in good order. */
  private static final int SWALLOWED = 4;

  private final HttpSettings settings;
  private final Materializer materializer;

  Bodies(HttpSettings settings, Materializer materializer) {
    this.settings = settings;
    this.materializer = materializer;
  }

  CompletionStage<Json> json(HttpRequest request) {
    if (request.entity() instanceof HttpEntity.Strict here) {
      return CompletableFuture.completedFuture(Received.of(here.getData())).thenApply(this::parse);
    }
    if (request.entity().getContentLengthOption().orElse(0) > settings.bodyBytes()) {
      return CompletableFuture.failedFuture(tooLarge());
    }
    return arriving(request)
        .runWith(Sink.fold(new Received(settings.bodyBytes()), Received::with), materializer)
        .handle((body, failed) -> failed == null ? parse(body) : refuse(failed));
  }

  /**
   * Takes in what is still on its way and nobody wants. Answered before that, whoever sends it would see a connection that was
   * reset, and not the answer (RFC 9112, section 9.6). Who waits to be told to go on has sent nothing yet.
   */
  CompletionStage<?> swallow(HttpRequest request) {
    return request.entity().isStrict() || request.getHeader("Expect").isPresent()
        ? CompletableFuture.completedFuture(null)
        : arriving(request).runWith(Sink.ignore(), materializer).exceptionally(tooMuch -> null);
  }

  private Source<ByteString, ?> arriving(HttpRequest request) {
    return request
        .entity()
        .withSizeLimit((long) settings.bodyBytes() * SWALLOWED)
        .getDataBytes()
        .completionTimeout(settings.bodyTimeout());
  }

  private Json refuse(Throwable failed) {
    Throwable cause = failed instanceof CompletionException && failed.getCause() != null
        ? failed.getCause()
        : failed;
    if (cause instanceof EntityStreamSizeException) {
      throw tooLarge();
    }
    throw Problem.of(
        ErrorCode.BAD_FRAME,
        "body: did not arrive (expected: all of it within %d s)"
            .formatted(settings.bodyTimeout().toSeconds()));
  }

  private Problem tooLarge() {
    return Problem.of(
        ErrorCode.TOO_LARGE,
        "body: more than %d bytes (expected: ≤ that)".formatted(settings.bodyBytes()));
  }

  private Json parse(Received body) {
    if (body.length() > settings.bodyBytes()) {
      throw tooLarge();
    }
    try {
      return JsonReader.read(
          body.bytes(),
          new Limits(Limits.DEFAULT.depth(), Limits.DEFAULT.stringBytes(), settings.bodyBytes()));
    } catch (JsonRefused refused) {
      throw Problem.of(Refusal.of(refused));
    }
  }

  /** The patch a PATCH body is, by its content type. */
  static Patch patch(HttpRequest request, Json body) {
    String type = request.entity().getContentType().mediaType().toString();
    try {
      return switch (type) {
        case "application/json-patch+json" -> Patch.parse(body);
        case "application/merge-patch+json" -> new Patch(
            List.of(new Op.Merge(Pointer.root(), body)));
        default -> throw Problem.of(
            ErrorCode.BAD_PATCH,
            "Content-Type: %s (expected: application/json-patch+json or application/merge-patch+json)"
                .formatted(type));
      };
    } catch (PatchRefused refused) {
      throw Problem.of(Refusal.of(refused));
    }
  }
}
