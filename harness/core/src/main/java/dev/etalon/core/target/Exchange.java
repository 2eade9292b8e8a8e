package dev.etalon.core.target;

/**
 * One request as it left and what came back: the witness of a sequential rule.
 *
 * @param sent the request with everything the client added; signatures, keys and key ids are masked
 * @param answer what came back
 */
public record Exchange(RawRequest sent, RawAnswer answer) {}
