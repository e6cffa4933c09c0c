package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Text a user hands over: a file, or stdin written as {@code -}. Can be opened as often as needed. */
final class Source {
  /** Opens the text anew. */
  interface Opening {
    InputStream open() throws IOException;
  }

  private final String name;
  private final long bytes;
  private final Opening opening;

  private Source(String name, long bytes, Opening opening) {
    this.name = name;
    this.bytes = bytes;
    this.opening = opening;
  }

  /** Stdin is read to its end at once; a file stays where it is. */
  static Source of(String name, Terminal terminal) throws CommandFailed {
    try {
      if (name.equals("-")) {
        byte[] text = terminal.in().readAllBytes();
        return new Source("stdin", text.length, () -> new ByteArrayInputStream(text));
      }
      Path file = Path.of(name);
      if (Files.isDirectory(file)) {
        throw new CommandFailed(ExitCode.USAGE, name + ": a directory (expected: a file)");
      }
      return new Source(name, Files.size(file), () -> Files.newInputStream(file));
    } catch (IOException unreadable) {
      throw new CommandFailed(ExitCode.USAGE, reason(unreadable));
    }
  }

  String name() {
    return name;
  }

  long bytes() {
    return bytes;
  }

  /**
   * The text as a request's body, as often as the request has to be sent.
   *
   * @param observer wraps the stream the body is read from
   */
  HttpRequest.BodyPublisher body(UnaryOperator<InputStream> observer) {
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> observer.apply(open())), bytes);
  }

  private InputStream open() {
    try {
      return opening.open();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The value, or a line with file, line and column of what is wrong. */
  Json json() throws CommandFailed {
    try (InputStream in = opening.open()) {
      return JsonReader.read(in, Reading.LIMITS);
    } catch (JsonRefused refused) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "%s:%d:%d: %s".formatted(name, refused.line(), refused.column(), refused.detail()));
    } catch (IOException unreadable) {
      throw new CommandFailed(ExitCode.USAGE, reason(unreadable));
    }
  }

  /** This source, once it has been seen to be JSON: mistakes are found before anything is sent. */
  Source checked() throws CommandFailed {
    json();
    return this;
  }

  /** One line for a file that cannot be read or written. */
  static String reason(Exception failure) {
    Throwable cause =
        failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null
            ? unchecked.getCause()
            : failure;
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file";
    }
    if (cause instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    return String.valueOf(cause.getMessage());
  }
}
