package dev.etalon.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command line: a command, then settings as {@code name=value}.
 *
 * @param command the first word
 * @param values the settings
 */
record Arguments(String command, Map<String, String> values) {
    private static final Set<String> NAMES = Set.of(
            "operations",
            "clients",
            "unknown",
            "removes",
            "puts",
            "deletes",
            "fault",
            "seed",
            "rounds",
            "limit",
            "above",
            "decider",
            "kills",
            "file",
            "actors",
            "window",
            "mutants",
            "racers",
            "bodies",
            "strategies",
            "http",
            "to",
            "baseline",
            "candidate",
            "launcher");

    Arguments {
        values = Map.copyOf(values);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException when there is no command, or a setting nobody knows
     */
    static Arguments of(String... args) {
        if (args.length == 0) {
            throw new IllegalArgumentException("a command is needed");
        }
        Map<String, String> values = new HashMap<>();
        for (String arg : Arrays.asList(args).subList(1, args.length)) {
            int equals = arg.indexOf('=');
            if (equals < 0 || !NAMES.contains(arg.substring(0, equals))) {
                throw new IllegalArgumentException("no such setting: argument=" + arg);
            }
            values.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        return new Arguments(args[0], values);
    }

    /** What to simulate, by these settings. */
    Generator.Settings settings(long operations, int clients) {
        return new Generator.Settings(
                number("operations", operations),
                (int) number("clients", clients),
                share("unknown"),
                share("removes"),
                share("puts"),
                share("deletes"),
                Generator.Fault.valueOf(values.getOrDefault("fault", "none").toUpperCase(Locale.ROOT)),
                number("seed", 1));
    }

    /** A whole number, which may be written {@code 1e8}. */
    long number(String name, long otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : (long) Double.parseDouble(value);
    }

    private double share(String name) {
        return Double.parseDouble(values.getOrDefault(name, "0"));
    }

    /** A word; without a default it must be given. */
    String text(String name, @Nullable String otherwise) {
        String value = values.getOrDefault(name, otherwise);
        if (value == null) {
            throw new IllegalArgumentException("a setting is needed: " + name + "=");
        }
        return value;
    }
}
