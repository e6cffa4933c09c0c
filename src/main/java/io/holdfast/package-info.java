/** Floor 6: composition only. */
@NullMarked
package io.holdfast;

import org.jspecify.annotations.NullMarked;
