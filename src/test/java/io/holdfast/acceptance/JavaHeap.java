package io.holdfast.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node's memory really holds. */
final class JavaHeap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  private JavaHeap() {}

  /** Bytes of all objects in use, counted after a full collection. */
  static long inUse(NodeProcess node) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process = new ProcessBuilder(jcmd, "" + node.process().pid(), "GC.class_histogram")
          .redirectErrorStream(true)
          .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher total = TOTAL.matcher(said);
      if (!total.find()) {
        throw new AssertionError("jcmd: " + said);
      }
      return Long.parseLong(total.group(1));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
