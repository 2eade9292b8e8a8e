package dev.etalon.core.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL of the user's as it may be stored, printed and reported: without user info, and with a variable of the environment
 * in place of each query value that is a credential, such as {@code ?sig=$ETALON_URL_SIG}.
 */
public final class SafeUrl {
    /** What the variables of query values begin with. */
    private static final String VARIABLE = "ETALON_URL_";

    private static final Pattern REFERENCE = Pattern.compile("\\$(" + VARIABLE + "[A-Z0-9_]+)");
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i).*(token|key|secret|passw|pwd|auth|credential|session|jwt|ticket|signature).*"
                    + "|(?:.*[^a-z])?(?:sig|pass|code|sas|pin)");
    private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/?#]*@");
    private static final Pattern AUTHORITY = Pattern.compile("(?i)(https?)://(?:[^/?#]*@)?([^/?#]+).*");
    private static final Pattern NO_QUOTES_NEEDED = Pattern.compile("[\\w:/.,=+@%-]+");

    private SafeUrl() {}

    /** A text that is meant to be a URL, as it may be shown. Of one that is none, all before the last {@code @} is left out. */
    public static String of(String text) {
        String given = text.split("#", 2)[0];
        String located = wellFormed(given)
                ? USER_INFO.matcher(given).replaceFirst("")
                : given.substring(given.lastIndexOf('@') + 1);
        int query = located.indexOf('?');
        return query < 0 ? located : located.substring(0, query) + "?" + shownQuery(located.substring(query + 1));
    }

    private static boolean wellFormed(String text) {
        try {
            return new URI(text).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String shownQuery(String query) {
        StringBuilder shown = new StringBuilder();
        Set<String> taken = new LinkedHashSet<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            shown.append(shown.isEmpty() ? "" : "&");
            if (equals < 0 || !credential(name)) {
                shown.append(pair);
                continue;
            }
            String variable = VARIABLE + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
            String own = variable;
            for (int i = 2; !taken.add(own); i++) {
                own = variable + "_" + i;
            }
            shown.append(name).append("=$").append(own);
        }
        return shown.toString();
    }

    /** Whether a query parameter of this name holds a credential. When in doubt, it does. */
    public static boolean credential(String name) {
        return CREDENTIAL.matcher(name).matches();
    }

    /** Names of the variables that a shown text refers to, in order. */
    public static Set<String> variables(String shown) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = REFERENCE.matcher(shown);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** A word for a POSIX shell: everything literal but the variables of {@link #variables}. */
    public static String quoted(String shown) {
        if (NO_QUOTES_NEEDED.matcher(shown).matches()) {
            return shown;
        }
        String literal = "'" + shown.replace("'", "'\\''") + "'";
        return REFERENCE.matcher(literal).replaceAll("'\"\\$$1\"'").replaceAll("''$", "");
    }

    /** Host and port, in the characters that the name of a target may have; empty when the text is no such URL. */
    public static String hostAndPort(String text) {
        Matcher url = AUTHORITY.matcher(text.strip());
        if (!url.matches()) {
            return "";
        }
        String authority = url.group(2).toLowerCase(Locale.ROOT);
        boolean port = authority.matches(".*:\\d+");
        String whole = port ? authority : authority + (url.group(1).equalsIgnoreCase("https") ? ":443" : ":80");
        return whole.replaceAll("[^a-z0-9.]+", "-").replaceAll("^[-.]+", "");
    }
}
