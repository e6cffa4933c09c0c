/**
 * Floor 0: the JSON state algebra. Immutable, structurally shared values, pointers, ops, patches, diff, digest and the
 * codec with its limits. Pure: no actors, no clock, no I/O beyond the streams it is handed.
 */
@NullMarked
package io.holdfast.document;

import org.jspecify.annotations.NullMarked;
