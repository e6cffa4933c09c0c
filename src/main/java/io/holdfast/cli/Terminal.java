package io.holdfast.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process's surroundings as commands see them.
 *
 * @param outIsTerminal whether a person reads stdout, so that pretty beats exact
 * @param errIsTerminal whether stderr can show a progress bar
 */
record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  /**
   * The real one. Java cannot tell which streams are terminals; the launcher can, and says so in the
   * property {@code holdfast.tty}.
   */
  static Terminal system() {
    String terminals = System.getProperty("holdfast.tty", "");
    return new Terminal(
        System.in,
        printer(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)),
        printer(new FileOutputStream(FileDescriptor.err)),
        terminals.contains("out"),
        terminals.contains("err"));
  }

  private static PrintStream printer(OutputStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }

  /** The same, with nothing but results on it. */
  Terminal withoutNotes() {
    return new Terminal(in, out, printer(OutputStream.nullOutputStream()), outIsTerminal, false);
  }

  void line(String line) {
    out.print(line);
    out.print('\n');
  }

  /** A line on stderr; wipes a progress bar that stands there. */
  void note(String line) {
    out.flush();
    err.print((errIsTerminal ? "\r\u001b[K" : "") + line + "\n");
    err.flush();
  }
}
