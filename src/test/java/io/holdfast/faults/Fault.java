package io.holdfast.faults;

/**
 * Something that goes wrong while clients work.
 *
 * @param proxied whether the nodes reach their database through the scene's {@link DatabaseProxy}
 * @param course how it goes wrong; returns when it is over
 */
record Fault(String name, boolean proxied, Course course) {
  /** What happens. */
  @FunctionalInterface
  interface Course {
    void strike(Scene scene);
  }

  static Fault of(String name, Course course) {
    return new Fault(name, false, course);
  }

  static Fault proxied(String name, Course course) {
    return new Fault(name, true, course);
  }
}
