/** Floor 1: who is asking and what they may do. Token verification and access decisions; no I/O but the key set's. */
@NullMarked
package io.holdfast.auth;

import org.jspecify.annotations.NullMarked;
