package dev.etalon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.bench.Generator.Fault;
import dev.etalon.bench.Generator.Settings;
import dev.etalon.core.check.Deciders;
import dev.etalon.core.check.Watermark;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.model.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
    private static final Settings SMALL = Settings.of(4_000, 16);

    @Test
    void the_same_settings_give_the_same_history() {
        Settings settings =
                SMALL.withUnknown(0.05).withRemoves(0.2).withPuts(0.1).withDeletes(0.05);

        assertThat(tsv(settings)).isEqualTo(tsv(settings)).isNotEqualTo(tsv(settings.withSeed(2)));
    }

    @Test
    void the_written_form_has_one_line_an_operation_in_order_of_start() {
        List<String> lines = tsv(Settings.of(12, 3)).lines().toList();

        assertThat(lines).hasSize(13);
        assertThat(lines.get(0)).isEqualTo("#id\tclient\tkind\tstart\tend\tparent\tversion\toutcome");
        assertThat(lines.get(3)).isEqualTo("2\t2\tC\t354055\t1801742\t0\t3\to");
        assertThat(lines.get(5)).isEqualTo("4\t2\tW\t1905401\t5207143\t3\t5\to");
        assertThat(lines).element(4).asString().endsWith("\tf");
    }

    @Test
    void an_unknown_outcome_never_returns_and_its_client_goes_on_under_another_name() {
        List<String> lines = tsv(Settings.of(400, 2).withUnknown(0.3)).lines().toList();

        assertThat(lines)
                .filteredOn(line -> line.endsWith("?"))
                .isNotEmpty()
                .allMatch(line -> line.split("\t")[4].equals("-1"));
        assertThat(lines.get(lines.size() - 1).split("\t")[1]).isNotIn("0", "1");
    }

    @Test
    void reads_and_writes_are_half_and_half_and_contention_refuses_most_writes() {
        List<Operation> operations = operations(Settings.of(20_000, 64));

        double writes = share(operations.stream().filter(Operation::write).count(), operations);
        double successes = share(
                operations.stream().filter(op -> op.write() && op.applied()).count(), operations);
        assertThat(writes).isBetween(0.48, 0.52);
        assertThat(successes).isBetween(0.02, 0.05);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void every_validator_was_shown_before_it_was_sent(double unknown) {
        List<Operation> operations =
                operations(SMALL.withUnknown(unknown).withRemoves(0.2).withPuts(0.1));
        Map<Version, Long> shown = new HashMap<>();
        for (Operation op : operations) {
            if (op.applied() && !op.removes()) {
                op.seen()
                        .or(() -> Optional.ofNullable(op.invocation().writes()))
                        .ifPresent(version -> shown.merge(version, op.endNs(), Math::min));
            }
        }

        assertThat(operations)
                .filteredOn(op -> op.invocation().precondition().kind() == Precondition.Kind.IF_MATCH)
                .isNotEmpty()
                .allSatisfy(op -> assertThat(shown.get(op.parent())).isLessThan(op.startNs()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.2})
    void a_faithful_server_is_valid_to_every_decider(double unknown) {
        Settings settings = SMALL.withUnknown(unknown);
        Online online = new Online(settings.clients());

        assertThat(new Generator(settings, online).run()).isEqualTo(-1);
        assertThat(online.violation()).isNull();
        assertThat(online.events()).isEqualTo(2 * settings.operations());
        assertThat(Tape.of(settings).play()).isNull();
        assertThat(deciders(settings).chain()).isEqualTo(Verdict.Status.VALID);
        assertThat(deciders(settings).search()).isEqualTo(Verdict.Status.VALID);
    }

    @Test
    void a_faithful_server_is_valid_with_every_kind_of_request() {
        Settings settings =
                SMALL.withUnknown(0.01).withRemoves(0.2).withPuts(0.05).withDeletes(0.02);

        assertThat(deciders(settings).search()).isEqualTo(Verdict.Status.VALID);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST", "STALE"})
    void a_wrong_answer_is_reported_at_the_request_that_got_it(Fault fault) {
        Settings settings = SMALL.withFault(fault);
        Online online = new Online(settings.clients());
        long injected = new Generator(settings, online).run();

        Watermark.Violation violation = online.violation();
        assertThat(injected).isGreaterThanOrEqualTo(settings.operations() / 2);
        assertThat(violation).isNotNull();
        assertThat(violation.operation()).isEqualTo(injected);
        assertThat(Tape.of(settings).play()).isEqualTo(violation);
        assertThat(deciders(settings).chain()).isEqualTo(Verdict.Status.VIOLATION);
        assertThat(deciders(settings).search()).isEqualTo(Verdict.Status.VIOLATION);
    }

    @Test
    void an_overwritten_version_is_a_violation() {
        Settings settings = SMALL.withFault(Fault.OVERWRITE);

        assertThat(Tape.of(settings).play()).isNotNull();
        assertThat(deciders(settings).search()).isEqualTo(Verdict.Status.VIOLATION);
    }

    @Test
    void the_peer_agrees_on_short_histories() {
        int struck = 0;
        for (long seed = 1; seed <= 8; seed++) {
            Settings settings = Settings.of(16, 3).withSeed(seed);
            assertThat(new Lincheck(operations(settings)).linearizable()).isTrue();
            Recorded broken = Recorded.of(settings.withFault(Fault.LOST));
            assertThat(new Lincheck(broken.history().operations()).linearizable())
                    .isEqualTo(broken.injected() < 0);
            struck += broken.injected() < 0 ? 0 : 1;
        }
        assertThat(struck).isPositive();
    }

    private static double share(long part, List<Operation> whole) {
        return (double) part / whole.size();
    }

    private static String tsv(Settings settings) {
        StringBuilder text = new StringBuilder();
        new Generator(settings, new TsvWriter(text)).run();
        return text.toString();
    }

    private static Deciders deciders(Settings settings) {
        return Deciders.of(operations(settings));
    }

    private static List<Operation> operations(Settings settings) {
        History history = Recorded.of(settings).history();
        return history.operations();
    }
}
