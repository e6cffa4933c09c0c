package io.holdfast.faults;

/**
 * Something that goes wrong while clients work.
 *
 * @param setting what it needs
 * @param course how it goes wrong; returns when it is over
 */
record Fault(String name, Setting setting, Course course) {
  /** What happens. */
  @FunctionalInterface
  interface Course {
    void strike(Scene scene);
  }

  static Fault of(String name, Course course) {
    return new Fault(name, Setting.DIRECT, course);
  }

  static Fault proxied(String name, Course course) {
    return new Fault(name, Setting.PROXIED, course);
  }

  static Fault apart(String name, Course course) {
    return new Fault(name, Setting.APART, course);
  }

  static Fault withClocks(String name, Course course) {
    return new Fault(name, Setting.CLOCKS, course);
  }

  static Fault onSmallDisk(String name, Course course) {
    return new Fault(name, Setting.SMALL_DISK, course);
  }
}
