package io.holdfast.kind;

/**
 * The first thing about a document its schema does not accept.
 *
 * @param pointer JSON pointer of the offending place in the document
 * @param detail one sentence a person understands, {@code age: -3 (expected: ≥ 0)}
 */
public record Violation(String pointer, String detail) {}
