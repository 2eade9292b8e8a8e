package dev.etalon.targets.embedded;

import dev.etalon.targets.reference.Manner;

/** The faithful server, speaking plain HTTP as RFC 9110 has it. */
public final class ReferenceHttp extends ReferenceTarget {
    public ReferenceHttp() {
        super("reference-http", Manner.RFC9110);
    }
}
