/** Floor 1: kinds. Their definitions, JSON Schema validation (incremental), the registry. Pure. */
@NullMarked
package io.holdfast.kind;

import org.jspecify.annotations.NullMarked;
