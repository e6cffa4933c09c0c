package io.holdfast.faults;

/** Something that goes wrong while clients work; it returns when it is over. */
@FunctionalInterface
interface Fault {
  void strike(Scene scene);
}
