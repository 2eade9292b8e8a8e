package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Ignores the tags in a DeleteObjects request. */
@Defect(value = "Ignores the tags in a DeleteObjects request.", like = "ministackorg/ministack#1501", caughtBy = "D13")
final class DeletesObjectsWhateverTheirTags extends Faithful {
    DeletesObjectsWhateverTheirTags() {
        super(Manner.AWS);
    }

    @Override
    protected @Nullable String objectTag(Element object) {
        return null;
    }
}
