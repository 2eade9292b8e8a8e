package dev.etalon.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that leads somewhere.
 *
 * @param text what is read
 * @param href where it leads; empty for text alone
 */
public record Link(String text, String href) {
    private static final Pattern RFC = Pattern.compile("RFC (\\d{3,5})|§([0-9]+(?:\\.[0-9]+)*)");
    private static final String AWS = "https://docs.aws.amazon.com/AmazonS3/latest/";
    private static final Pattern ACTION = Pattern.compile("Amazon S3 API Reference, ([A-Z][A-Za-z]+)");
    private static final Map<String, String> GUIDES = guides();

    private static Map<String, String> guides() {
        Map<String, String> guides = new LinkedHashMap<>();
        guides.put("Enforce conditional writes", "userguide/conditional-writes-enforce.html");
        guides.put("Conditional writes", "userguide/conditional-writes.html");
        guides.put("Conditional reads", "userguide/conditional-reads.html");
        guides.put("Conditional deletes", "userguide/conditional-deletes.html");
        guides.put("Authenticating Requests: Using Query Parameters", "API/sigv4-query-string-auth.html");
        return guides;
    }

    /** A rule's source, cut where it names a section of an RFC or a page of AWS. */
    public static List<Link> source(String source) {
        for (Map.Entry<String, String> guide : GUIDES.entrySet()) {
            if (source.contains(guide.getKey())) {
                return List.of(new Link(source, AWS + guide.getValue()));
            }
        }
        Matcher action = ACTION.matcher(source);
        if (action.find()) {
            return List.of(new Link(source, AWS + "API/API_" + action.group(1) + ".html"));
        }
        List<Link> links = new ArrayList<>();
        Matcher part = RFC.matcher(source);
        String rfc = "";
        int from = 0;
        while (part.find()) {
            if (part.start() > from) {
                links.add(new Link(source.substring(from, part.start()), ""));
            }
            rfc = part.group(1) == null ? rfc : "https://www.rfc-editor.org/rfc/rfc" + part.group(1);
            boolean section = part.group(2) != null;
            links.add(new Link(part.group(), rfc.isEmpty() ? "" : rfc + (section ? "#section-" + part.group(2) : "")));
            from = part.end();
        }
        if (from < source.length()) {
            links.add(new Link(source.substring(from), ""));
        }
        return links;
    }
}
