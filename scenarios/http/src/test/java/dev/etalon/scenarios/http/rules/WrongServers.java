package dev.etalon.scenarios.http.rules;

import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import dev.etalon.targets.mutant.Mutant;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Conditions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The mutants that one client alone can catch, and deliberate mistakes in what only some servers offer. */
final class WrongServers {
    /** Its one fault is VA-06. */
    static final String SAYS_CREATED = "says created of what was there";

    private WrongServers() {}

    static Map<String, Supplier<RawClient>> all() {
        Map<String, Supplier<RawClient>> wrong = new TreeMap<>();
        Mutant.all().stream()
                .filter(mutant -> mutant.manner() == Manner.RFC9110)
                .filter(mutant -> mutant.names().get(0).matches("[A-Z]+-\\d+|A8|A17|A18|A19"))
                .forEach(mutant -> wrong.put(
                        mutant.name(), () -> new InMemory(mutant.server().get())));
        wrong.put("says nothing with a 412", () -> new InMemory(new SaysNothing()));
        wrong.put("distrusts dates in If-Range", () -> new InMemory(new DistrustsDates()));
        wrong.put("takes any star for all", () -> new InMemory(new TakesAnyStarForAll()));
        wrong.put("takes a part for the whole", () -> new InMemory(new TakesPartForWhole()));
        wrong.put("confirms deleting nothing", () -> new InMemory(new ConfirmsDeletingNothing()));
        wrong.put(SAYS_CREATED, () -> new InMemory(new SaysCreated()));
        wrong.put("heeds both dates and tags", () -> new InMemory(new HeedsModifiedDateBesideTag()));
        wrong.put("does not know If-Modified-Since", () -> new InMemory(new NeverNotModified()));
        wrong.put("takes any date for the last change", () -> new InMemory(new NotModifiedByAnyDate()));
        wrong.put("ignores If-Range", () -> new InMemory(new IgnoresIfRange()));
        wrong.put("takes If-Range for a condition", () -> new InMemory(new RefusesIfRange()));
        wrong.put("gives a range to nobody with If-Range", () -> new InMemory(new DistrustsIfRange()));
        wrong.put("HEAD without validators", () -> new InMemory(new BareHead()));
        wrong.put("a patch that does not fit is a failed condition", () -> new InMemory(new PatchFails()));
        wrong.put("demands with 409", () -> new InMemory(new DemandsWith409()));
        wrong.put("forgets what it demands", () -> new InMemory(new Demands428ButApplies()));
        wrong.put("one tag for two forms", () -> new InMemory(new OneTagForTwoForms()));
        wrong.put("weak matches itself", () -> new InMemory(new WeakMatches()));
        wrong.put("heeds dates it does not tell", () -> new InMemory(new HeedsHiddenDates()));
        wrong.put("ignores If", () -> new InMemory(new IgnoresIf()));
        wrong.put("ignores locks", () -> new InMemory(new IgnoresLocks()));
        wrong.put("refuses with 412 what is locked", () -> new InMemory(new LockedIsFailed()));
        wrong.put("ignores Overwrite", () -> new InMemory(new IgnoresOverwrite()));
        wrong.put("properties make a new tag", () -> new InMemory(new PropertiesMakeATag()));
        wrong.put("condition before parent", () -> new InMemory(new ConditionBeforeParent()));
        wrong.put("compares twice in two ways", () -> new InMemory(new WeakInIfNowAndThen()));
        wrong.put("cache keeps what was changed", () -> new KeepsChanged(origin()));
        wrong.put("cache drops conditions", () -> new DropsConditions(origin()));
        wrong.put("cache answers 200 always", () -> new AlwaysWhole(origin()));
        wrong.put("cache stores 428", Stores428::new);
        return wrong;
    }

    private static RawClient origin() {
        return new InMemory(new Faithful(Manner.RFC9110));
    }

    /** Answers 201 to each PUT, whether it created or replaced. */
    private static final class SaysCreated extends Faithful {
        SaysCreated() {
            super(Manner.RFC9110);
        }

        @Override
        public Reply answer(Call call) {
            Reply reply = super.answer(call);
            return call.method().equals("PUT") && reply.status() == 204 ? reply.as(201) : reply;
        }
    }

    private static final class ConfirmsDeletingNothing extends Faithful {
        ConfirmsDeletingNothing() {
            super(Manner.RFC9110);
        }

        @Override
        public Reply answer(Call call) {
            Reply reply = super.answer(call);
            return call.method().equals("DELETE") && reply.status() == 404 ? Reply.of(204) : reply;
        }
    }

    private static final class HeedsModifiedDateBesideTag extends Faithful {
        HeedsModifiedDateBesideTag() {
            super(Manner.RFC9110);
        }

        @Override
        protected Verdict evaluate(Fields fields, @Nullable Stored current, boolean read) {
            Verdict verdict = super.evaluate(fields, current, read);
            return read && !ifModifiedSince(fields.value("If-Modified-Since"), current)
                    ? Verdict.NOT_MODIFIED
                    : verdict;
        }
    }

    private static final class NeverNotModified extends Faithful {
        NeverNotModified() {
            super(Manner.RFC9110);
        }

        @Override
        protected boolean ifModifiedSince(@Nullable String value, @Nullable Stored current) {
            return true;
        }
    }

    private static final class NotModifiedByAnyDate extends Faithful {
        NotModifiedByAnyDate() {
            super(Manner.RFC9110);
        }

        @Override
        protected boolean ifModifiedSince(@Nullable String value, @Nullable Stored current) {
            return value == null;
        }
    }

    private static final class IgnoresIfRange extends Faithful {
        IgnoresIfRange() {
            super(Manner.RFC9110);
        }

        @Override
        protected boolean ifRange(Call call, Stored stored) {
            return true;
        }
    }

    private static final class RefusesIfRange extends Faithful {
        RefusesIfRange() {
            super(Manner.RFC9110);
        }

        @Override
        protected Reply representation(Call call, Stored stored) {
            return ifRange(call, stored) ? super.representation(call, stored) : Reply.of(412);
        }
    }

    private static final class DistrustsIfRange extends Faithful {
        DistrustsIfRange() {
            super(Manner.RFC9110);
        }

        @Override
        protected boolean ifRange(Call call, Stored stored) {
            return call.header("If-Range") == null;
        }
    }

    private static final class BareHead extends Faithful {
        BareHead() {
            super(Manner.RFC9110);
        }

        @Override
        protected Reply representation(Call call, Stored stored) {
            return call.method().equals("HEAD") ? Reply.of(200) : super.representation(call, stored);
        }
    }

    /** Takes no tag at all for the star, too. */
    private static final class TakesAnyStarForAll extends Faithful {
        TakesAnyStarForAll() {
            super(Manner.RFC9110);
        }

        @Override
        protected Optional<List<String>> tags(String name, String value) throws Conditions.MalformedException {
            return value.isBlank() || value.contains("*") ? Optional.empty() : super.tags(name, value);
        }
    }

    private static final class TakesPartForWhole extends Faithful {
        TakesPartForWhole() {
            super(Manner.RFC9110);
        }

        @Override
        protected Reply put(Call call, String key) {
            return change(call, key, writeFields(call), line -> put(key, line, call.body()));
        }
    }

    private static final class SaysNothing extends Faithful {
        SaysNothing() {
            super(Manner.RFC9110);
        }

        @Override
        protected Reply refused(Call call, String key, Reply refusal) {
            return Reply.of(refusal.status());
        }
    }

    private static final class DistrustsDates extends Faithful {
        DistrustsDates() {
            super(Manner.RFC9110);
        }

        @Override
        protected boolean ifRange(Call call, Stored stored) {
            String value = call.header("If-Range");
            return (value == null || value.startsWith("\"")) && super.ifRange(call, stored);
        }
    }

    private static final class PatchFails extends Faithful {
        PatchFails() {
            super(Manner.RFC9110);
        }

        @Override
        protected Reply patch(Call call, String key) {
            Reply reply = super.patch(call, key);
            return reply.status() == 409 ? reply.as(412) : reply;
        }
    }

    private static final class DemandsWith409 extends Faithful {
        DemandsWith409() {
            super(Manner.RFC9110, true);
        }

        @Override
        protected @Nullable Reply demand(Call call) {
            Reply demand = super.demand(call);
            return demand == null ? null : demand.as(409);
        }
    }

    private static final class Demands428ButApplies extends Faithful {
        Demands428ButApplies() {
            super(Manner.RFC9110, true);
        }

        @Override
        protected @Nullable Reply demand(Call call) {
            Reply demand = super.demand(call);
            if (demand != null && call.method().equals("PUT")) {
                change(call, call.name(), name -> null, line -> put(call.name(), line, call.body()));
            }
            return demand;
        }
    }

    private static final class OneTagForTwoForms extends HttpRulesTest.Compressing {
        @Override
        String tagOfCompressed(String tag) {
            return tag;
        }
    }

    private static final class WeakMatches extends Faithful {
        WeakMatches() {
            super(Manner.RFC9110);
        }

        @Override
        protected String tag(String key, byte[] body, Instant modified) {
            return "W/" + super.tag(key, body, modified);
        }

        @Override
        protected boolean matchesStrongly(String sent, String current) {
            return matchesWeakly(sent, current);
        }
    }

    private static final class HeedsHiddenDates extends Faithful {
        HeedsHiddenDates() {
            super(Manner.RFC9110);
        }

        @Override
        protected Reply validators(Reply reply, Stored stored) {
            return reply.with("ETag", stored.tag());
        }
    }

    private static final class IgnoresIf extends WebDav {
        @Override
        boolean holds(String condition, String key, @Nullable Stored current) {
            return true;
        }
    }

    private static final class IgnoresLocks extends WebDav {
        @Override
        boolean lockedOut(Call call, String key) {
            return false;
        }

        @Override
        Reply lock(String key) {
            return Reply.of(200).with("Lock-Token", "<urn:uuid:for-everybody>");
        }
    }

    private static final class LockedIsFailed extends WebDav {
        @Override
        public Reply answer(Call call) {
            Reply reply = super.answer(call);
            return reply.status() == 423 ? reply.as(412) : reply;
        }
    }

    private static final class IgnoresOverwrite extends WebDav {
        @Override
        boolean keeps(Call call) {
            return false;
        }
    }

    private static final class PropertiesMakeATag extends WebDav {
        @Override
        Reply proppatch(String key) {
            Stored old = lines().get(key).current();
            Stored tagged = new Stored(old.id(), old.body(), "\"annotated\"", old.modified(), false);
            lines().put(key, lines().get(key).with(tagged));
            return Reply.of(207);
        }
    }

    private static final class ConditionBeforeParent extends WebDav {
        @Override
        public Reply answer(Call call) {
            Reply reply = super.answer(call);
            return reply.status() == 409 && call.header("If-Match") != null ? reply.as(412) : reply;
        }
    }

    private static final class WeakInIfNowAndThen extends WebDav {
        private int asked;

        @Override
        boolean holds(String condition, String key, @Nullable Stored current) {
            return condition.contains("W/") ? asked++ % 2 == 0 : super.holds(condition, key, current);
        }
    }

    private static final class KeepsChanged extends SharedCache {
        KeepsChanged(RawClient origin) {
            super(origin);
        }

        @Override
        boolean invalidates(RawAnswer answer) {
            return false;
        }
    }

    private static final class DropsConditions extends SharedCache {
        DropsConditions(RawClient origin) {
            super(origin);
        }

        @Override
        RawRequest forwarded(RawRequest request) {
            List<RawField> plain = request.headers().stream()
                    .filter(field -> !field.name().startsWith("If-"))
                    .toList();
            return new RawRequest(
                    request.method(), request.path(), request.query(), plain, request.body(), request.credentials());
        }
    }

    private static final class AlwaysWhole extends SharedCache {
        AlwaysWhole(RawClient origin) {
            super(origin);
        }

        @Override
        RawAnswer fromStore(RawRequest request, RawAnswer held) {
            RawAnswer answer = super.fromStore(request, held);
            return new RawAnswer(200, answer.headers(), held.body(), null, null);
        }
    }

    /** Answers every later read of a name as it was once told to send a condition. */
    private static final class Stores428 implements RawClient {
        private final RawClient origin = new InMemory(new Faithful(Manner.RFC9110, true));
        private final Map<List<String>, RawAnswer> demands = new HashMap<>();

        @Override
        public Map<String, String> places() {
            return origin.places();
        }

        @Override
        public Exchange send(RawRequest request) {
            RawAnswer stored = demands.get(request.path());
            if (request.method().equals("GET") && stored != null) {
                return new Exchange(request, stored);
            }
            Exchange exchange = origin.send(request);
            if (exchange.answer().status() == 428) {
                demands.put(request.path(), exchange.answer());
            }
            return exchange;
        }
    }
}
