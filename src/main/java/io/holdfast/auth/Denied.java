package io.holdfast.auth;

/**
 * Why a command is not allowed.
 *
 * @param pointer the part of the document whose rules refused it; "" for the whole
 * @param detail {@code write: alice (expected: owner or role:admin)}
 */
public record Denied(String pointer, String detail) {}
