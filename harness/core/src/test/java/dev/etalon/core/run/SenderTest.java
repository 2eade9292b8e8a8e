package dev.etalon.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Hold;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of an answer. */
class SenderTest {
    @TempDir
    Path folder;

    private Outcome outcome(int status, boolean asksForMore) throws Exception {
        History.Origin origin = new History.Origin(7, "k-", "http/test", "memory", "here", "2026-01-01T00:00:00Z", 0);
        Client.Prepared put = new Client.Prepared() {
            @Override
            public Answer send(Hold hold) {
                return new Answer(status, null, new byte[0], null, null);
            }

            @Override
            public boolean asksForMore() {
                return asksForMore;
            }
        };
        try (Recorder recorder = Recorder.create(folder.resolve("history.etl"), origin)) {
            Sender sender = new Sender(7, Dialect.RFC9110, recorder.actor(1));
            Invocation plain = new Invocation(
                    sender.nextId(),
                    1,
                    0,
                    0,
                    0,
                    Method.PUT,
                    Precondition.NONE,
                    new Version(1, 1),
                    1,
                    System.nanoTime());
            return sender.send(plain, put, Hold.NONE, () -> 0).outcome();
        }
    }

    @Test
    void aPlainWriteAnswered412IsRefused() throws Exception {
        assertThat(outcome(412, false)).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whereAHistoryDoesNotKnowTheConditionItsRefusalIsUnknown() throws Exception {
        assertThat(outcome(412, true)).isEqualTo(Outcome.unknown(Outcome.Cause.STATUS));
    }

    @Test
    void aConditionThatNoHistoryKnowsChangesNothingElse() throws Exception {
        assertThat(outcome(204, true)).isEqualTo(Outcome.APPLIED);
    }
}
