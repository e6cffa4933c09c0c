package io.holdfast.http;

import akka.http.javadsl.model.HttpRequest;
import akka.stream.Materializer;
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
  private final HttpSettings settings;
  private final Materializer materializer;

  Bodies(HttpSettings settings, Materializer materializer) {
    this.settings = settings;
    this.materializer = materializer;
  }

  CompletionStage<Json> json(HttpRequest request) {
    if (request.entity().getContentLengthOption().orElse(0) > settings.bodyBytes()) {
      return CompletableFuture.failedFuture(tooLarge());
    }
    return request
        .entity()
        .withSizeLimit(settings.bodyBytes())
        .toStrict(settings.bodyTimeout().toMillis(), settings.bodyBytes(), materializer)
        .handle(
            (body, failed) -> failed == null ? parse(body.getData().toArray()) : refuse(failed));
  }

  private Json refuse(Throwable failed) {
    Throwable cause = failed instanceof CompletionException && failed.getCause() != null
        ? failed.getCause()
        : failed;
    if (cause.getClass().getSimpleName().contains("SizeException")) {
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

  private Json parse(byte[] body) {
    try {
      return JsonReader.read(
          body,
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
