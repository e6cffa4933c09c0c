/** Floor 5: every route; the only place that maps error codes to HTTP status. */
@NullMarked
package io.holdfast.http;

import org.jspecify.annotations.NullMarked;
