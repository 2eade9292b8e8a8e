package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a tag through that had been superseded before the request even arrived. */
@Defect(
        value = "Lets a tag through that had been superseded before the request even arrived.",
        like = "block/buzz#2470",
        caughtBy = "A3")
final class AcceptsSuperseded extends Faithful {
    private final Map<String, String> last = new ConcurrentHashMap<>();

    AcceptsSuperseded() {
        super(Manner.RFC9110);
    }

    @Override
    protected void commit(Call call, String key, Line line) {
        Stored before = line(call, key).current();
        if (before != null) {
            last.put(key, before.tag());
        }
        super.commit(call, key, line);
    }

    @Override
    protected Reply put(Call call, String key) {
        String sent = call.header("If-Match");
        if (sent != null && sent.equals(last.get(key))) {
            return change(call, key, name -> null, line -> put(key, line, call.body()));
        }
        return super.put(call, key);
    }
}
