package dev.etalon.reports.console;

import java.io.Console;
import java.lang.reflect.Method;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether somebody watches standard output, and whether they want colour. */
final class Terminal {
    private static final String RESET = "\u001B[0m";

    private Terminal() {}

    /** Whether standard input and output are a terminal. */
    static boolean watched() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is always a console, and it knows; before, there is one on a terminal only.
            Method asks = Console.class.getMethod("isTerminal");
            return Boolean.TRUE.equals(asks.invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Whether colour is wanted there: not where {@code NO_COLOR} is set to anything, or the terminal is a dumb one. */
    static boolean coloured(boolean watched, Function<String, @Nullable String> environment) {
        String no = environment.apply("NO_COLOR");
        return watched && (no == null || no.isEmpty()) && !"dumb".equals(environment.apply("TERM"));
    }

    /** Lines that begin with the sign of a cell get that sign in colour; nothing is said by colour alone. */
    static String colour(String text) {
        StringBuilder coloured = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            String sign = line.split("[ \n]", 2)[0];
            String colour = switch (sign) {
                case "✓", "+" -> "\u001B[32m";
                case "✗!", "x!", "–!", "-!" -> "\u001B[1;31m";
                case "✗", "x" -> "\u001B[31m";
                case "?" -> "\u001B[33m";
                default -> "";
            };
            coloured.append(colour.isEmpty() ? line : colour + sign + RESET + line.substring(sign.length()));
        }
        return coloured.toString();
    }
}
