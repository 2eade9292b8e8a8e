package dev.etalon.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.embedded.ReferenceS3;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The words that actors are answered with, one request after the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResourceTest {
    private static final int LIMIT = 1000;

    private static RunningTarget target;
    private static Server server;
    private static Path history;

    @BeforeAll
    static void start(@TempDir Path work) throws TargetUnavailableException, IOException {
        target = new ReferenceS3().start(new TargetProvider.Options(Settings.of(Map.of()), work));
        Map<String, String> settings = new HashMap<>(target.addresses().get(0));
        settings.put(
                "etalon.litmus.urls",
                target.addresses().stream()
                        .map(address -> address.get("etalon.url"))
                        .collect(Collectors.joining(",")));
        history = work.resolve("history.etl");
        server = Server.open(
                Settings.of(settings),
                new History.Origin(1, "litmus-", "litmus", "reference-s3", "here", "2026-01-01T00:00:00Z", 0),
                history,
                new Server.Limits(LIMIT, Duration.ofMinutes(30)));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        target.close();
    }

    @Test
    void ofTwoWritersThatHoldOneTagTheFirstGetsThrough() {
        Resource resource = Resource.present();
        Racer first = resource.put(1, resource.current());
        Racer second = resource.through(1).put(2, resource.current());
        assertThat(first.send()).isEqualTo("applied");
        assertThat(second.send()).isEqualTo("refused");
        assertThat(resource.end()).isEqualTo("v1");
    }

    @Test
    void aSupersededTagIsRefused() {
        Resource resource = Resource.rewritten();
        assertThat(resource.put(1, resource.stale()).send()).isEqualTo("refused");
        assertThat(resource.end()).isEqualTo("v0");
    }

    @Test
    void whereSeveralGotThroughItIsLookedAtTwice() throws IOException {
        Resource once = Resource.present();
        assertThat(once.put(1, once.current()).send()).isEqualTo("applied");
        assertThat(once.end()).isEqualTo("v1");
        assertThat(reads()).hasSize(1);
        Resource twice = Resource.present();
        assertThat(twice.put(1, twice.current()).send()).isEqualTo("applied");
        assertThat(twice.put(2, Precondition.NONE).send()).isEqualTo("applied");
        assertThat(twice.end()).isEqualTo("v2");
        assertThat(reads()).hasSize(2);
    }

    /** The reads of the key that was raced for last. */
    private static List<Operation> reads() throws IOException {
        List<Operation> operations = HistoryReader.read(history).operations();
        int last = operations.get(operations.size() - 1).invocation().key();
        return operations.stream()
                .filter(op -> op.invocation().key() == last && !op.write())
                .toList();
    }

    @Test
    void whatWasRacedForIsTakenAwayInTheEnd() {
        Resource resource = Resource.absent();
        assertThat(resource.put(1, Precondition.CREATE).send()).isEqualTo("applied");
        assertThat(resource.end()).isEqualTo("v1");
        assertThat(resource.get().send()).isEqualTo("absent");
    }

    @Test
    void whateverItIsWrittenByItIsAVersionOfItsWriter() {
        Resource resource = Resource.present();
        assertThat(resource.copy(1, resource.current()).send()).isEqualTo("applied");
        assertThat(resource.get().send()).isEqualTo("v1");
        assertThat(resource.complete(2, Precondition.NONE).send()).isEqualTo("applied");
        assertThat(resource.get().send()).isEqualTo("v2");
        assertThat(resource.deleteObjects(resource.current()).send()).isEqualTo("refused");
        assertThat(resource.delete(resource.current()).send()).isEqualTo("refused");
        assertThat(resource.end()).isEqualTo("v2");
    }

    @Test
    void incrementsAreCountedByTheDepthOfWhatIsThere() {
        Resource resource = Resource.present();
        assertThat(resource.increment(1)).isEqualTo("applied");
        assertThat(resource.increment(2)).isEqualTo("applied");
        assertThat(resource.endDepth()).isEqualTo("depth 2");
    }

    @Test
    void aChainEndsWhereItIsRefused() {
        Resource resource = Resource.present();
        assertThat(resource.chain(1, 2, 3)).isEqualTo("3 of 3");
        assertThat(resource.chain(4, 5, 6)).isEqualTo("0 of 3");
        assertThat(resource.end()).isEqualTo("v3");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void whatIsSentToAServerThatIsGoneIsUnknownAndWhatCannotBeSetUpIsUnsent() {
        Resource resource = Resource.present();
        Racer racer = resource.put(1, resource.current());
        target.close();
        assertThat(racer.send()).isEqualTo("unknown");
        assertThat(resource.end()).isEqualTo("unknown");
        Resource never = Resource.present();
        assertThat(never.put(1, never.current()).send()).isEqualTo("unsent");
        assertThat(never.end()).isEqualTo("unsent");
    }
}
