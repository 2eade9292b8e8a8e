package dev.etalon.core.model;

/**
 * How the rounds of one strategy went.
 *
 * @param strategy its name
 * @param planned rounds the plan gave it
 * @param raced rounds that were raced as planned
 * @param severalWinners raced rounds in which more than one racer was acknowledged
 * @param timing how well they were aligned
 */
public record StrategyTally(String strategy, int planned, int raced, int severalWinners, Timing timing) {}
