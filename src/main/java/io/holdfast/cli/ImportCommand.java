package io.holdfast.cli;

import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts a large document, showing how far it is. */
@Command(
    name = "import",
    description =
        "Create or replace a document from a large file, with progress, and report bytes, version and time.",
    footer = {
      "  holdfast import app/catalogue catalogue.json",
      "  zcat dump.json.gz | holdfast import app/catalogue -"
    })
final class ImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Mixin
  private WriteOptions write = new WriteOptions();

  @Parameters(
      index = "0",
      paramLabel = "ENTITY",
      description = "KIND/ID.",
      converter = EntityConverter.class)
  private @Nullable EntityId entity;

  @Parameters(index = "1", paramLabel = "FILE", description = "The document; - reads stdin.")
  private @Nullable String file;

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    EntityId name = Given.value(entity);
    Source source = Source.of(Given.value(file), terminal).checked();
    Api api = server.api(terminal, output);
    Condition condition = write.condition(api, name);
    long started = System.nanoTime();
    Position tag = send(api, name, source, condition);
    report(name, source, tag, (System.nanoTime() - started) / 1e9);
    return ExitCode.OK.number();
  }

  private Position send(Api api, EntityId name, Source source, Condition condition)
      throws CommandFailed {
    Terminal notes = output.quiet() ? terminal.withoutNotes() : terminal;
    try (Progress progress =
        new Progress(notes, name.toString(), "bytes", source.bytes(), System::nanoTime)) {
      return api.put(name, source.body(in -> new Counted(in, progress)), condition, write.key());
    }
  }

  private void report(EntityId name, Source source, Position tag, double seconds)
      throws IOException {
    if (output.json() || output.pretty()) {
      JsonObject report = Printed.written(name, tag)
          .with("bytes", Printed.number(source.bytes()))
          .with("seconds", JsonNumber.of(seconds));
      Printed.value(report, terminal, output);
    } else {
      terminal.line(String.format(
          Locale.ROOT,
          "%s is at version %d (%s): %,d bytes in %.2f s",
          name,
          tag.version(),
          tag,
          source.bytes(),
          seconds));
    }
  }

  /** Tells the progress what has been handed to the connection; a new try starts at nothing again. */
  private static final class Counted extends FilterInputStream {
    private final Progress progress;
    private long count;

    Counted(InputStream in, Progress progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      return counted(read, read);
    }

    private int counted(int result, int bytes) {
      if (result >= 0) {
        count += bytes;
        progress.at(count);
      }
      return result;
    }
  }
}
