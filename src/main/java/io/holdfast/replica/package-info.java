/** Floor 3: one live read-only copy per node and open entity. Batching upward, encode-once fan-out downward. */
@NullMarked
package io.holdfast.replica;

import org.jspecify.annotations.NullMarked;
