package dev.etalon.junit;

import dev.etalon.core.conformance.RuleText;
import dev.etalon.core.session.CellResult.Status;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What came of one rule on one target, as a test sees it.
 *
 * @param result the whole result
 */
public record RuleResult(dev.etalon.core.session.RuleResult result) {
    /**
     * Passes when the target keeps the rule, may do otherwise, or breaks it exactly as its known findings say; is skipped,
     * with the reason, when it has not what the rule needs, could not be asked here and need not be, or gave no answer that
     * anything follows from.
     *
     * @throws AssertionFailedError with the witness and the way to it, for a rule that nobody knew to be broken, and for
     *     one that was broken each time and is kept
     */
    public void assertAsExpected() {
        Status status = result.status();
        if (status == Status.NOT_RUN || status == Status.UNDECIDED) {
            throw new TestAbortedException(result.sentence());
        }
        if (status != Status.VALID && status != Status.KNOWN) {
            throw new AssertionFailedError(message());
        }
    }

    private String message() {
        StringBuilder message = new StringBuilder()
                .append(result.status())
                .append(' ')
                .append(result.name())
                .append(": ")
                .append(result.sentence())
                .append('\n');
        result.verdict().ifPresent(verdict -> message.append(RuleText.witness(verdict)));
        message.append("owed by:  ")
                .append(result.rule().source())
                .append("\nserver:   ")
                .append(result.report().version())
                .append('\n');
        result.report()
                .folder()
                .ifPresent(folder ->
                        message.append("stored:   ").append(folder.rules()).append('\n'));
        return message.toString();
    }
}
