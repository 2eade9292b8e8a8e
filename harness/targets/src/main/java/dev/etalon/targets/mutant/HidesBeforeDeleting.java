package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hides an object from readers a moment before it is gone for writers: nothing is there, and it cannot be created. */
@Defect(
        value = "Hides an object from readers a moment before it is gone for writers.",
        like = "apache/tomcat DefaultServlet 11.0.26",
        caughtBy = {"A21", "A12", "A7"})
final class HidesBeforeDeleting extends Faithful {
    private static final long MOMENT_MS = 20;

    private final Set<String> hidden = ConcurrentHashMap.newKeySet();

    HidesBeforeDeleting() {
        super(Manner.RFC9110);
    }

    @Override
    protected void decided(Call call, String key) {
        if (call.method().equals("DELETE")) {
            hidden.add(key);
            Pauses.ofMillis(MOMENT_MS);
        }
    }

    @Override
    protected void commit(Call call, String key, Line line) {
        super.commit(call, key, line);
        hidden.remove(key);
    }

    @Override
    protected Line shown(Call call, String key) {
        return hidden.contains(key) ? Line.EMPTY : super.shown(call, key);
    }

    @Override
    protected Reply put(Call call, String key) {
        Reply refusal = refusal(call, writeFields(call), line(call, key));
        return refusal != null ? refusal : super.put(call, key);
    }
}
