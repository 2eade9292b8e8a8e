package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Still knows the tag before the last one, and lets it through. */
@Defect(
        value = "Still knows the tag before the last one, and lets it through.",
        like = "block/buzz#2470",
        caughtBy = "A3")
final class AcceptsSuperseded extends Faithful {
    private final Map<String, String> last = new ConcurrentHashMap<>();
    private final Map<String, String> lastButOne = new ConcurrentHashMap<>();

    AcceptsSuperseded() {
        super(Manner.RFC9110);
    }

    @Override
    protected void commit(Call call, String key, Line line) {
        Stored before = line(call, key).current();
        if (before != null && before.tag().equals(call.header("If-Match"))) {
            String older = last.put(key, before.tag());
            if (older != null) {
                lastButOne.put(key, older);
            }
        }
        super.commit(call, key, line);
    }

    @Override
    protected Reply put(Call call, String key) {
        String sent = call.header("If-Match");
        if (sent != null && sent.equals(lastButOne.get(key))) {
            return change(call, key, name -> null, line -> put(key, line, call.body()));
        }
        return super.put(call, key);
    }
}
