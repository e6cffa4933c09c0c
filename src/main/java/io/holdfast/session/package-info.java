/** Floor 4: one connected client. Frames, heartbeat, flow control, presence. */
@NullMarked
package io.holdfast.session;

import org.jspecify.annotations.NullMarked;
