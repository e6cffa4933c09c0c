/** Floor 5: the command line, a client of the HTTP API. */
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
