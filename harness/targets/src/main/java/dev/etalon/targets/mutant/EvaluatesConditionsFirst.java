package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;

/** Evaluates If-Match before it looks at anything else, whatever the method. */
@Defect(
        value = "Evaluates If-Match before it looks at anything else, whatever the method.",
        like = "apache/tomcat DefaultServlet; apache/httpd mod_dav",
        caughtBy = "IM-22")
final class EvaluatesConditionsFirst extends Faithful {
    EvaluatesConditionsFirst() {
        super(Manner.RFC9110);
    }

    @Override
    public Reply answer(Call call) {
        Stored current = shown(call, call.name()).current();
        boolean condition = call.header("If-Match") != null;
        Reply refusal = condition ? refusal(evaluate(readFields(call), current, true), current) : null;
        return refusal != null ? refusal : super.answer(call);
    }
}
