package io.holdfast.kind;

/**
 * What one entity of a kind may cost.
 *
 * @param bytes longest canonical encoding of a document
 * @param depth most nested containers
 * @param commandsPerSecond commands one entity admits per second
 */
public record KindLimits(int bytes, int depth, int commandsPerSecond) {
  public static final int MAX_BYTES = 8 * 1024 * 1024;
  public static final int MAX_DEPTH = 64;
  public static final int MAX_COMMANDS_PER_SECOND = 1_000_000;
  public static final KindLimits DEFAULT = new KindLimits(1024 * 1024, 32, 1000);

  public KindLimits {
    Ranges.check("limits.bytes", bytes, MAX_BYTES);
    Ranges.check("limits.depth", depth, MAX_DEPTH);
    Ranges.check("limits.commandsPerSecond", commandsPerSecond, MAX_COMMANDS_PER_SECOND);
  }
}
