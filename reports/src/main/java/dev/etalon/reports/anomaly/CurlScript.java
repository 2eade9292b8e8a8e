package dev.etalon.reports.anomaly;

import dev.etalon.core.check.Lanes;
import dev.etalon.core.check.OperationText;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.RequestShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A shell script that sends the requests of a witness again, in their order, those together that were in flight together. On
 * a key of its own, with the tags that the server gives this time; what a client had to hold first is put there first.
 *
 * <p>Nothing that a server sent is in the script, but tags that nobody gave in the run, which are quoted for the shell and
 * left out when they hold anything but visible ASCII. Credentials come from the environment.
 */
final class CurlScript {
    private static final String HEAD = """
            #!/bin/sh
            # Sends the requests of a witness again: %s
            # Rebuilt from the record, on a fresh key, with bodies that name their version. A race is not won at every try:
            #   for i in $(seq 100); do sh replay.sh; done
            # The command "etalon race" aligns the racers far better than a shell can.
            set -u
            """;

    private static final String FUNCTIONS = """
            dir=$(mktemp -d) || exit 1
            trap 'rm -rf "$dir"' EXIT

            # send NAME CURL-ARGUMENTS...: keeps the header fields of the answer, and tells what came back
            send() {
              name=$1; shift
              curl -sS --max-time 30 $SIGN -D "$dir/$name.head" -o "$dir/$name.body" "$@" "$URL$KEY" \\
                || echo "$name: no answer"
              echo "$name: $(head -n 1 "$dir/$name.head" 2>/dev/null | tr -cd ' -~') $(tag "$name" | tr -cd ' -~')"
            }
            # tag NAME: the entity tag of an answer
            tag() { sed -n 's/^[Ee][Tt][Aa][Gg]: *//p' "$dir/$1.head" 2>/dev/null | tr -d '\\r' | tail -n 1; }
            # show NAME: what a read returned
            show() { echo "$1 showed: $(head -c 60 "$dir/$1.body" 2>/dev/null | tr -cd ' -~')"; }
            """;

    /** Else curl would say that it is a form. */
    private static final String OCTETS = " -H 'Content-Type: application/octet-stream'";

    private static final String LOGIN = """
            : "${ETALON_USER:?}" "${ETALON_PASSWORD?}"  # never in a file
            curl() { command curl --user "$ETALON_USER:$ETALON_PASSWORD" "$@"; }
            """;

    private final Finding finding;
    private final Lanes lanes;
    private final RequestShape shape;
    private final StringBuilder script = new StringBuilder();

    /** The name under which the tag of a version is found in the script. */
    private final Map<Version, String> tags = new LinkedHashMap<>();

    private CurlScript(Finding finding, Lanes lanes, RequestShape shape) {
        this.finding = finding;
        this.lanes = lanes;
        this.shape = shape;
    }

    /**
     * The script, ended by a line break.
     *
     * @param shape of what racers sent
     */
    static String of(Finding finding, Lanes lanes, Address address, RequestShape shape) {
        return new CurlScript(finding, lanes, shape).text(address);
    }

    private String text(Address address) {
        script.append(String.format(HEAD, finding.anomaly().label()));
        script.append("recorded=").append(quoted(plain(address.url()))).append('\n');
        SafeUrl.variables(address.query())
                .forEach(each -> script.append(": \"${").append(each).append(":?}\"  # never in a file\n"));
        if (address.s3()) {
            boolean known = address.stored().matches("[a-z0-9.-]+");
            script.append("BUCKET=${BUCKET:")
                    .append(known ? "-" + address.stored() : "?name a bucket you may write to")
                    .append("}\n")
                    .append(": \"${AWS_ACCESS_KEY_ID:?}\" \"${AWS_SECRET_ACCESS_KEY:?}\"  # never in a file\n")
                    .append("URL=${URL:-$recorded}$BUCKET/\n")
                    .append("SIGN=\"--aws-sigv4 aws:amz:${AWS_REGION:-" + region(address) + "}:s3")
                    .append(" --user $AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\"\n");
        } else {
            script.append("URL=${URL:-$recorded}\nSIGN=\n");
        }
        script.append("KEY=etalon-replay-$(date +%s)-$$")
                .append(additionToName())
                .append('\n');
        if (address.login()) {
            script.append(LOGIN);
        }
        if (address.query().isEmpty()) {
            script.append(FUNCTIONS);
        } else {
            script.append("QUERY=")
                    .append(SafeUrl.quoted(plain(address.query())))
                    .append('\n')
                    .append(FUNCTIONS.replace("$URL$KEY", "$URL$KEY$QUERY"));
        }
        List<Operation> witness = lanes.witness().stream()
                .map(Lanes.Bar::operation)
                .sorted(Comparator.comparingLong(Operation::startNs))
                .toList();
        before(witness);
        groups(witness).forEach(this::group);
        return script.toString();
    }

    /** What makes the name one of the form that the run's names have, percent-encoded; empty for flat ones. */
    private String additionToName() {
        NameForm form = NameForm.of(lanes.key().replaceAll("\\d+$", ""));
        return form == NameForm.FLAT ? "" : form.prefix("-").replace(" ", "%20").replace("é", "%C3%A9") + "0";
    }

    /** Whatever the witness uses or shows without having written it. */
    private void before(List<Operation> witness) {
        Set<Version> written = new LinkedHashSet<>();
        Set<Version> needed = new LinkedHashSet<>();
        for (Operation op : witness) {
            op.seen().filter(version -> !written.contains(version)).ifPresent(needed::add);
            if (op.conditional() && real(op.parent()) && !written.contains(op.parent())) {
                needed.add(op.parent());
            }
            if (op.write() && !op.removes()) {
                written.add(op.version());
            }
        }
        // A read may show what a later request of the witness wrote: that is what is wrong, and nothing to be put
        // there.
        needed.removeAll(written);
        if (!needed.isEmpty()) {
            script.append("\n# what was there before\n");
        }
        for (Version version : needed) {
            String name = name(version);
            script.append("send put_")
                    .append(name)
                    .append(" -X PUT")
                    .append(OCTETS)
                    .append(" --data-binary '")
                    .append(version)
                    .append("'\n");
            // Not every server gives the tag with the answer to a write.
            script.append("send ").append(name).append('\n');
            tags.put(version, name);
        }
    }

    private static boolean real(Version version) {
        return !version.equals(Version.ABSENT) && !version.equals(Version.FOREIGN);
    }

    private static String name(Version version) {
        return "w" + version.writer() + "_" + version.sequence();
    }

    /** Requests that were in flight together, in order of their start. */
    private static List<List<Operation>> groups(List<Operation> witness) {
        List<List<Operation>> groups = new ArrayList<>();
        long reach = Long.MIN_VALUE;
        for (Operation op : witness) {
            if (groups.isEmpty() || op.startNs() > reach) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(op);
            reach = Math.max(reach, op.unknown() ? op.startNs() : op.endNs());
        }
        return groups;
    }

    private void group(List<Operation> group) {
        boolean together = group.size() > 1;
        script.append(together ? "\n# in flight together\n" : "\n");
        for (Operation op : group) {
            send(op, together);
        }
        if (together) {
            script.append("wait\n");
        }
        for (Operation op : group) {
            if (!op.write()) {
                script.append("show ").append(answer(op)).append('\n');
            }
        }
    }

    private String answer(Operation op) {
        return "answer" + mark(op);
    }

    private int mark(Operation op) {
        return lanes.witness().stream()
                .filter(bar -> bar.operation() == op)
                .mapToInt(Lanes.Bar::mark)
                .findFirst()
                .orElse(0);
    }

    private void send(Operation op, boolean together) {
        script.append("# ")
                .append(mark(op))
                .append(": w")
                .append(op.invocation().actor())
                .append(' ')
                .append(plain(OperationText.request(op).replace("…", "..")))
                .append('\n');
        switch (op.invocation().method()) {
            case COPY, COMPLETE -> script.append("# sent as a plain PUT on the same condition\n");
            case DELETE_OBJECTS -> script.append("# sent as a plain DELETE on the same condition\n");
            case GET, GET_RANGE, HEAD, PUT, DELETE -> {}
        }
        boolean writes = op.write() && !op.removes();
        // What was there before anybody raced, or before the guard asked so, was written by plain requests.
        boolean plain = op.round() < 0 ? !op.conditional() : op.invocation().actor() == 0;
        RequestShape sent = plain ? RequestShape.PLAIN : shape;
        int bytes = sent.bodyBytes(1);
        if (writes && sent == RequestShape.AWS_CHUNKED) {
            script.append("# was framed as aws-chunked, which curl cannot\n");
        }
        if (writes && bytes > 1) {
            script.append("{ printf %s ")
                    .append(op.version())
                    .append("; head -c ")
                    .append(bytes)
                    .append(" /dev/zero; } > \"$dir/large\"\n");
        }
        script.append("send ").append(answer(op));
        if (op.removes()) {
            script.append(" -X DELETE");
        } else if (op.write()) {
            script.append(" -X PUT").append(fields(sent)).append(" --data-binary ");
            script.append(bytes > 1 ? "@\"$dir/large\"" : bytes == 0 ? "''" : "'" + op.version() + "'");
        } else if (op.method() == Method.GET_RANGE) {
            script.append(" -H 'Range: bytes=0-'");
        } else if (op.method() == Method.HEAD) {
            script.append(" --head");
        }
        condition(op.invocation().precondition(), sent);
        script.append(together ? " &\n" : "\n");
        if (op.write() && !op.removes()) {
            tags.put(op.version(), answer(op));
        }
    }

    /** The fields of a body. */
    private static String fields(RequestShape shape) {
        return switch (shape) {
            case PLAIN, CONDITION_LAST, AWS_CHUNKED, EMPTY -> OCTETS;
            // Of a large body curl would ask first.
            case LARGE, HUGE -> OCTETS + " -H 'Expect:'";
            case CHUNKED -> OCTETS + " -H 'Transfer-Encoding: chunked'";
            case LOWER_CASE -> " -H 'content-type: application/octet-stream'";
            case JSON -> " -H 'Content-Type: application/json'";
            case TEXT -> " -H 'Content-Type: text/plain'";
            case UNTYPED -> " -H 'Content-Type:'";
        };
    }

    private void condition(Precondition condition, RequestShape sent) {
        String usual = condition.kind() == Precondition.Kind.IF_MATCH ? "If-Match" : "If-None-Match";
        String field = sent == RequestShape.LOWER_CASE ? usual.toLowerCase(Locale.ROOT) : usual;
        String from = tags.get(condition.version());
        EntityTag tag = condition.tag();
        if (condition.kind() == Precondition.Kind.IF_NONE_MATCH_ANY) {
            script.append(" -H '").append(field).append(": *'");
        } else if (condition.kind() != Precondition.Kind.NONE && from != null) {
            script.append(" -H \"")
                    .append(field)
                    .append(": $(tag ")
                    .append(from)
                    .append(")\"");
        } else if (condition.kind() != Precondition.Kind.NONE
                && tag != null
                && plain(tag.value()).equals(tag.value())) {
            // No answer of the run gave it, so none of the replay will.
            script.append(" -H ").append(quoted(field + ": " + tag.value()));
        }
    }

    private static String region(Address address) {
        return address.region().matches("[a-z0-9-]+") ? address.region() : "us-east-1";
    }

    /** Visible ASCII alone, so that nothing ends a line or a comment. */
    private static String plain(String text) {
        return text.replaceAll("[^ -~]", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
