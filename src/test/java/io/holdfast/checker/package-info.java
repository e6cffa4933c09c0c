/**
 * Judges what happened: from what clients sent and heard, what readers got and what the journal holds it tells which of the
 * published promises were broken. Pure; of the server it uses the document algebra only, and reads stored events by itself.
 */
@NullMarked
package io.holdfast.checker;

import org.jspecify.annotations.NullMarked;
