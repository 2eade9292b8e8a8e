package dev.etalon.targets.mutant;

import dev.etalon.core.plan.NameForm;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;

/** Looks for what is there under another spelling of the name, finds nothing to compare with, and writes. */
@Defect(
        value =
                "Looks for what is there under another spelling of the name, finds nothing to compare with, and writes.",
        like = "pithings/mountx#19",
        caughtBy = "A17")
final class IgnoresConditionsOfNames extends Faithful {
    private final NameForm form;

    /** Makes one that does so with names of this form. */
    IgnoresConditionsOfNames(NameForm form) {
        super(form == NameForm.NESTED ? Manner.AWS : Manner.RFC9110);
        this.form = form;
    }

    @Override
    protected Fields writeFields(Call call) {
        return has(call) ? name -> null : super.writeFields(call);
    }

    private boolean has(Call call) {
        return switch (form) {
            case FLAT -> false;
            case ENCODED -> call.path().contains("%");
            case LONG -> call.path().length() > 150;
            case NESTED -> call.name().chars().filter(c -> c == '/').count() > 1;
        };
    }
}
