package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.run.Runner;
import dev.etalon.core.run.Stop;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.junit.Sample;
import dev.etalon.targets.client.WatchingServer.Seen;
import dev.etalon.targets.client.WatchingServer.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy does to the requests what it says, as a server sees it that writes down when it saw what. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class AlignmentOnTheWireTest {
    private static final int ROUNDS = 5;
    private static final int RACERS = 4;
    private static final int BODY_BYTES = 4_096;
    /** After this time a rival of a held upload counts as one that the server makes wait. */
    private static final long RIVAL_NS = TimeUnit.MILLISECONDS.toNanos(400);

    @TempDir
    Path folder;

    /** A run that is over, and what the server saw of it. */
    private record Ran(Plan plan, History history, RoundTally rounds, List<Seen> seen) {
        /** The racers of a round: those that count, which are the last ones. */
        List<Operation> racers(int round) {
            Map<Integer, List<Operation>> byKey = history.operations().stream()
                    .filter(op ->
                            op.invocation().round() == round && op.invocation().actor() > 0)
                    .collect(Collectors.groupingBy(op -> op.invocation().key()));
            return byKey.get(Collections.max(byKey.keySet()));
        }

        /** What the server saw of these writes by racers; the coordinator's write of the same key was over before. */
        List<Seen> seen(List<Operation> racers) {
            String path = "/" + plan.keyPrefix() + racers.get(0).invocation().key();
            long firstNs = racers.stream().mapToLong(Operation::startNs).min().orElseThrow();
            return seen.stream()
                    .filter(request ->
                            request.path.equals(path) && request.method.equals("PUT") && request.headNs >= firstNs)
                    .toList();
        }
    }

    private Ran run(Wire wire, Alignment alignment, boolean fresh, int endpoints) throws Exception {
        List<RoundPlan> rounds = new ArrayList<>();
        for (int index = 0; index < ROUNDS; index++) {
            rounds.add(new RoundPlan(
                    index,
                    index,
                    alignment,
                    Collections.nCopies(RACERS, Intent.FRESH),
                    List.of(2, 0, 3, 1),
                    BODY_BYTES,
                    alignment == Alignment.GATE_DITHER ? List.of(5_000, 0, 200_000) : List.of(),
                    fresh,
                    alignment == Alignment.MULTI_ENDPOINT,
                    alignment.overlap(),
                    RequestShape.PLAIN));
        }
        Plan plan = new Plan("http/story", 412, 7, "k-", new Workload.Rounds(rounds));
        History.Origin origin = new History.Origin(7, "k-", plan.scenario(), "jetty", "here", "now", System.nanoTime());
        Path file = Files.createTempDirectory(folder, "run").resolve("history.etl");
        List<Client> clients = new ArrayList<>();
        Stop stop = new Stop();
        List<Seen> seen;
        try (WatchingServer server = new WatchingServer(wire)) {
            for (int endpoint = 0; endpoint < endpoints; endpoint++) {
                clients.add(new WireClient(server.url(), WireClient.Signing.NONE, server.options()));
            }
            try (Recorder recorder = Recorder.create(file, origin);
                    Runner runner = new Runner(plan, clients, Dialect.RFC9110, recorder, stop)) {
                assertThat(runner.run(Capability.PUT_IF_MATCH).guarded()).isEqualTo(Runner.Guarded.RACED);
            }
            clients.forEach(Client::close);
            seen = List.copyOf(server.seen());
        }
        History history = HistoryReader.read(file);
        Verdict verdict = Judge.judge(plan, history, stop.reason());
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.reservations()).isEmpty();
        assertThat(verdict.rounds().winners()).isEqualTo(Map.of(1, ROUNDS));
        assertThat(verdict.rounds().losers()).containsOnlyKeys(412);
        return new Ran(plan, history, verdict.rounds(), seen);
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Wire.values())
                .flatMap(wire -> Stream.of(Alignment.values())
                        .filter(alignment -> wire.multiplexed()
                                ? alignment != Alignment.EXPECT_CONTINUE
                                : alignment != Alignment.SINGLE_PACKET)
                        .map(alignment -> Arguments.of(wire, alignment)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void everyRoundIsRacedAndAFaithfulServerIsValid(Wire wire, Alignment alignment) throws Exception {
        Ran ran = run(wire, alignment, false, alignment == Alignment.MULTI_ENDPOINT ? 2 : 1);
        assertThat(ran.rounds().strategies()).singleElement().satisfies(strategy -> {
            assertThat(strategy.strategy()).isEqualTo(alignment.label());
            assertThat(strategy.raced()).isEqualTo(ROUNDS);
            assertThat(strategy.timing().overlap()).isBetween(0.5, 1.0);
        });
        assertThat(ran.rounds().timing())
                .isEqualTo(ran.rounds().strategies().get(0).timing());
    }

    static Stream<Arguments> withholding() {
        return everywhere().filter(arguments -> switch ((Alignment) arguments.get()[1]) {
            case HOLD_BODY, LAST_BYTE, GATE, GATE_DITHER, SINGLE_PACKET, MULTI_ENDPOINT, EXPECT_CONTINUE -> true;
            default -> false;
        });
    }

    @ParameterizedTest
    @MethodSource("withholding")
    void noRequestIsWholeBeforeTheReleaseAndAllWereThere(Wire wire, Alignment alignment) throws Exception {
        // Two milliseconds are enough for a server to see a head, unless the machine is busy with something else.
        Sample.of(1, Duration.ofSeconds(20)).fill(() -> roundsWithEveryHeadInTime(wire, alignment));
    }

    /** Checks a run, and returns in how many rounds the server had every head before the release. */
    private int roundsWithEveryHeadInTime(Wire wire, Alignment alignment) throws Exception {
        Ran ran = run(wire, alignment, false, alignment == Alignment.MULTI_ENDPOINT ? 2 : 1);
        int headsInTime = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Operation> racers = ran.racers(round);
            List<Seen> seen = ran.seen(racers);
            long releasedNs =
                    racers.stream().mapToLong(Operation::releasedNs).min().orElseThrow();
            assertThat(seen).hasSize(RACERS);
            assertThat(racers).allSatisfy(op -> {
                assertThat(op.startNs()).isLessThan(releasedNs);
                assertThat(op.endNs()).isGreaterThan(releasedNs);
            });
            assertThat(seen).allSatisfy(request -> {
                assertThat(request.bytes).isEqualTo(BODY_BYTES);
                assertThat(request.endNs).isGreaterThan(releasedNs);
            });
            if (wire.multiplexed() || alignment == Alignment.SINGLE_PACKET) {
                int shared = alignment == Alignment.MULTI_ENDPOINT ? 2 : 1;
                long connections = seen.stream()
                        .map(request -> request.connection)
                        .distinct()
                        .count();
                assertThat(connections).as("connections").isGreaterThanOrEqualTo(shared);
                if (connections > shared) {
                    // One was idle for so long that it was closed, and made anew.
                    continue;
                }
            }
            headsInTime += seen.stream().allMatch(request -> request.headNs < releasedNs) ? 1 : 0;
        }
        return headsInTime;
    }

    @Test
    void releasesKeepTheirOrderAndTheirPauses() throws Exception {
        Ran ran = run(Wire.HTTP_1_1, Alignment.GATE_DITHER, false, 1);
        for (int round = 0; round < ROUNDS; round++) {
            Map<Integer, Long> released = ran.racers(round).stream()
                    .collect(Collectors.toMap(op -> op.invocation().actor() - 1, Operation::releasedNs));
            assertThat(released.get(0) - released.get(2)).isGreaterThanOrEqualTo(5_000);
            assertThat(released.get(3)).isGreaterThanOrEqualTo(released.get(0));
            assertThat(released.get(1) - released.get(3)).isGreaterThanOrEqualTo(200_000);
        }
    }

    @ParameterizedTest
    @MethodSource("heldUploads")
    void theRivalsOfAHeldUploadAreWholeBeforeItIs(Wire wire) throws Exception {
        Sample.of(ROUNDS, Duration.ofSeconds(20)).fill(() -> roundsWhoseRivalsWereWhole(wire));
    }

    /** Runs rounds, and returns how many had rivals that were answered as soon as a server that makes none wait does. */
    private int roundsWhoseRivalsWereWhole(Wire wire) throws Exception {
        Ran ran = run(wire, Alignment.HELD_UPLOAD, false, 1);
        int whole = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Operation> racers = ran.racers(round);
            Operation held = racers.stream()
                    .filter(op -> op.invocation().actor() == 3)
                    .findFirst()
                    .orElseThrow();
            assertThat(held.refused()).isTrue();
            long lastNs = racers.stream()
                    .filter(op -> op != held)
                    .mapToLong(Operation::endNs)
                    .max()
                    .orElseThrow();
            if (lastNs - held.startNs() < RIVAL_NS) {
                assertThat(lastNs).isLessThan(held.releasedNs());
                whole++;
            }
        }
        return whole;
    }

    static Stream<Wire> heldUploads() {
        return Stream.of(Wire.values());
    }

    @Test
    void freshConnectionsAreFreshAndWarmOnesAreNot() throws Exception {
        Ran cold = run(Wire.HTTP_1_1, Alignment.COLD_BURST, true, 1);
        Ran warm = run(Wire.HTTP_1_1, Alignment.GATE, false, 1);
        assertThat(connections(cold)).isGreaterThan(2L * ROUNDS);
        assertThat(connections(warm)).isLessThanOrEqualTo(RACERS + 1);
    }

    private static long connections(Ran ran) {
        return ran.seen().stream().map(request -> request.connection).distinct().count();
    }

    @Test
    void aStrideBringsItsRacersTogetherOnce() throws Exception {
        Ran ran = run(Wire.HTTP_1_1, Alignment.STRIDE, false, 1);
        long lastSetUp = ran.history().operations().stream()
                .filter(op -> op.invocation().actor() == 0
                        && op.write()
                        && op.invocation().round() >= 0
                        && op.invocation().key() < ROUNDS)
                .mapToLong(Operation::endNs)
                .max()
                .orElseThrow();
        assertThat(ran.history().operations())
                .filteredOn(op -> op.invocation().actor() > 0 && op.invocation().key() < ROUNDS)
                .hasSize(ROUNDS * RACERS)
                .allSatisfy(op -> assertThat(op.startNs()).isGreaterThan(lastSetUp));
    }
}
