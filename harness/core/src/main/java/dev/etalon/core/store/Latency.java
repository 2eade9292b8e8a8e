package dev.etalon.core.store;

/**
 * How long one kind of answer took.
 *
 * @param kind method and status, {@code PUT-412}; status 0 for none
 * @param count how many there were, 1 and up
 * @param p50Ns half of them took this long or less, in nanoseconds, to three significant digits
 * @param p90Ns the same of nine out of ten
 * @param p99Ns the same of 99 out of a hundred
 * @param maxNs the longest
 */
public record Latency(String kind, long count, long p50Ns, long p90Ns, long p99Ns, long maxNs) {}
