package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.Locale;

/** Has a path of its own for uploads that come in one way, and evaluates no condition there. */
@Defect(
        value = "Has a path of its own for uploads that come in one way, and evaluates no condition there.",
        like = "fsouza/fake-gcs-server#2308, loonfs/loonfs#537, owncloud/core#9772, bji/libs3#57, of other ways",
        caughtBy = "A1")
final class IgnoresConditionsOfWay extends Faithful {
    private final Way way;

    /** How an upload comes. */
    enum Way {
        /** With {@code Expect: 100-continue}. */
        EXPECTED,
        /** As the first request of a connection. */
        FIRST;

        /** The name of its mutant. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean of(Call call) {
            return this == EXPECTED ? call.header("Expect") != null : call.first();
        }
    }

    IgnoresConditionsOfWay(Way way) {
        super(Manner.RFC9110);
        this.way = way;
    }

    @Override
    protected Fields writeFields(Call call) {
        return call.method().equals("PUT") && way.of(call) ? name -> null : super.writeFields(call);
    }
}
