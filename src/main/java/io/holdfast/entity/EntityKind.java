package io.holdfast.entity;

import io.holdfast.auth.Access;
import io.holdfast.kind.Kind;

/** A kind with its access rules ready to decide. */
public record EntityKind(Kind kind, Access access) {}
