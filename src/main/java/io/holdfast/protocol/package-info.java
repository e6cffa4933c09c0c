/** Floor 1: the wire. WebSocket frames, their codec, the closed list of error codes. Pure. */
@NullMarked
package io.holdfast.protocol;

import org.jspecify.annotations.NullMarked;
