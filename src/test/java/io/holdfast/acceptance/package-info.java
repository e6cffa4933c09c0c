/** Tests of a whole node from outside: real processes, real sockets, nothing but the published protocol. */
@NullMarked
package io.holdfast.acceptance;

import org.jspecify.annotations.NullMarked;
