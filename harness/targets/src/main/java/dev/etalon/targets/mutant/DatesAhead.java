package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;

/** Rounds the date of a change up to the next second: it is in the future when it is told. */
@Defect(
        value = "Rounds the date of a change up to the next second: it is in the future when it is told.",
        like = "a file system whose clock is ahead; no public thread",
        caughtBy = "VA-03")
final class DatesAhead extends Faithful {
    DatesAhead() {
        super(Manner.RFC9110);
    }

    @Override
    protected Reply validators(Reply reply, Stored stored) {
        Stored ahead = new Stored(
                stored.id(), stored.body(), stored.tag(), stored.modified().plusSeconds(2), stored.marker());
        return super.validators(reply, ahead);
    }
}
