package dev.etalon.scenarios.mutants;

/**
 * What a hunt saw first.
 *
 * @param by code of the anomaly, or id of the rule
 * @param where the scenario, or {@code rules}
 * @param rounds rounds until then; for a closed loop, its operations; for rules, how many were put to the server
 * @param seconds time until then, from the first request on
 */
record Sighting(String by, String where, int rounds, double seconds) {}
