package dev.etalon.core.target;

import dev.etalon.core.plan.Versioning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The user's settings: one key name everywhere, {@code etalon.<name>}. A flag wins over a system property, that over the
 * environment ({@code ETALON_<NAME>}, dots and hyphens as underscores). Immutable.
 */
public final class Settings {
    /** How long a request may take; longer than a healthy answer by orders of magnitude. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

    /** The longest that a user may set: gates and runs wait longer than any request, and that has to have an end. */
    public static final Duration CALL_TIMEOUT_MAX = Duration.ofSeconds(60);

    private static final Pattern KEY = Pattern.compile("(?<![\\w./-])etalon\\.[a-z]+(?:[.-][a-z]+)*");

    private final Map<String, String> flags;
    private final Map<String, String> options;
    private final Function<String, @Nullable String> properties;
    private final Function<String, @Nullable String> environment;

    private Settings(
            Map<String, String> flags,
            Map<String, String> options,
            Function<String, @Nullable String> properties,
            Function<String, @Nullable String> environment) {
        this.flags = Map.copyOf(flags);
        this.options = Map.copyOf(options);
        this.properties = properties;
        this.environment = environment;
    }

    /** System properties and environment of this process. */
    public static Settings ofProcess() {
        return new Settings(Map.of(), Map.of(), System::getProperty, System::getenv);
    }

    /** Nothing but the given values, for tests and embedding. */
    public static Settings of(Map<String, String> values) {
        return new Settings(values, Map.of(), name -> null, name -> null);
    }

    /** These settings with flags on top. */
    public Settings with(Map<String, String> moreFlags) {
        Map<String, String> all = new TreeMap<>(flags);
        all.putAll(moreFlags);
        return new Settings(all, options, properties, environment);
    }

    /** These settings, spoken of by the options of a command: {@code --url} for {@code etalon.url}. */
    public Settings spokenAs(Map<String, String> optionNames) {
        return new Settings(flags, optionNames, properties, environment);
    }

    /**
     * A sentence that speaks of settings, in the words that the user typed: the option where one was given or nothing was,
     * else the variable of the environment or the property that was set.
     */
    public String spoken(String sentence) {
        return KEY.matcher(sentence).replaceAll(key -> Matcher.quoteReplacement(typed(key.group())));
    }

    private String typed(String key) {
        String option = options.get(key);
        if (option == null || flags.containsKey(key)) {
            return option == null ? key : option;
        }
        return properties.apply(key) != null ? key : environment.apply(variable(key)) != null ? variable(key) : option;
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** These settings, and the given values where they say nothing. */
    public Settings or(Map<String, String> defaults) {
        Map<String, String> unset = new TreeMap<>(defaults);
        unset.keySet().removeIf(key -> get(key).isPresent());
        return with(unset);
    }

    /** A value; empty when it is not set or blank. */
    public Optional<String> get(String key) {
        String value = flags.get(key);
        if (value == null) {
            value = properties.apply(key);
        }
        if (value == null) {
            value = environment.apply(variable(key));
        }
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A value or its default. */
    public String get(String key, String fallback) {
        return get(key).orElse(fallback);
    }

    /**
     * A whole number or its default.
     *
     * @throws IllegalArgumentException with a sentence for the user when the value is none
     */
    public long number(String key, long fallback) {
        String value = get(key).orElse(null);
        if (value == null) {
            return fallback;
        }
        try {
            return Long.decode(value.replaceFirst("^([+-]?)0+(?=\\d)", "$1"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    key + " must be a whole number, decimal or 0x-hexadecimal: " + key + "=" + value, e);
        }
    }

    /**
     * How long a request may take before its outcome is unknown: {@code etalon.timeout}.
     *
     * @throws IllegalArgumentException with a sentence for the user when it makes no sense
     */
    public Duration callTimeout() {
        return duration("etalon.timeout", CALL_TIMEOUT, CALL_TIMEOUT_MAX);
    }

    /** Whether everything stays where it was made, on the server and on this machine: {@code etalon.keep}. */
    public boolean keep() {
        return Boolean.parseBoolean(get("etalon.keep", "false"));
    }

    /** The folder that all run folders lie in: {@code etalon.runs}, absolute; {@code target/etalon} when it is not set. */
    public Path runs() {
        return Path.of(get("etalon.runs", "target/etalon")).toAbsolutePath().normalize();
    }

    /**
     * The kinds of buckets to race in: {@code etalon.versioning}; empty for those that a target has by itself.
     *
     * @throws IllegalArgumentException with a sentence for the user when it makes no sense
     */
    public List<Versioning> versioning() {
        return Versioning.labelled("etalon.versioning", list("etalon.versioning"));
    }

    /**
     * A length of time or its default: a whole number of milliseconds, or ISO 8601 as in {@code PT2.5S}.
     *
     * @throws IllegalArgumentException with a sentence for the user when the value is none, is not positive, or is longer
     *     than {@code most}
     */
    public Duration duration(String key, Duration fallback, Duration most) {
        String value = get(key).orElse(null);
        if (value == null) {
            return fallback;
        }
        Duration duration;
        try {
            duration = value.matches("\\d+") ? Duration.ofMillis(Long.parseLong(value)) : Duration.parse(value);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(duration(key, value, most), e);
        }
        if (duration.toMillis() < 1 || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException(duration(key, value, most));
        }
        return duration;
    }

    private static String duration(String key, String value, Duration most) {
        return key + " must be a whole number of milliseconds, or a duration like PT2.5S, of 1 ms.." + most.toMillis()
                + " ms: " + key + "=" + value;
    }

    /** A comma-separated list; empty when it is not set. */
    public List<String> list(String key) {
        return get(key).map(value -> Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList())
                .orElse(List.of());
    }
}
