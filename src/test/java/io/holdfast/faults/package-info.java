/**
 * Faults under load: real nodes, a real PostgreSQL, hundreds of sessions that behave as the protocol demands, something going
 * wrong in the middle, and {@link io.holdfast.checker.Checker} having the last word.
 */
@NullMarked
package io.holdfast.faults;

import org.jspecify.annotations.NullMarked;
