package dev.etalon.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded is read again, whatever becomes of the file; what cannot be read is said. */
class HistoryFileTest {
    static final History.Origin ORIGIN =
            new History.Origin(-2, "k-", "http/x", "paper", "desk", "2026-01-01T00:00:00Z", 1_000);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("history.etl");
    }

    /** Records for one actor and remembers what it recorded. */
    private static final class Scribe {
        private final int actor;
        private final ActorLog log;
        private final List<Operation> recorded = new ArrayList<>();
        private long clock;

        Scribe(Recorder recorder, int actor) throws IOException {
            this.actor = actor;
            this.log = recorder.actor(actor);
            this.clock = actor;
        }

        Operation record(Precondition precondition, int status, Outcome outcome, @Nullable EntityTag tag)
                throws IOException {
            return record(Method.PUT, precondition, status, outcome, tag, Observation.NOTHING);
        }

        Operation record(
                Method method,
                Precondition precondition,
                int status,
                Outcome outcome,
                @Nullable EntityTag tag,
                Observation observation)
                throws IOException {
            Invocation invocation = begin(method, precondition);
            Completion completion =
                    new Completion(invocation.id(), status, outcome, tag, observation, clock + 1, clock += 100);
            log.end(completion);
            Operation operation = new Operation(invocation, completion);
            recorded.set(recorded.size() - 1, operation);
            return operation;
        }

        Invocation begin(Method method, Precondition precondition) throws IOException {
            boolean writes = method == Method.PUT;
            int number = recorded.size();
            Invocation invocation = new Invocation(
                    log.nextId(),
                    actor,
                    number - 1,
                    number * 3,
                    number % 7,
                    method,
                    precondition,
                    writes ? new Version(actor, number + 1) : null,
                    writes ? number + 1 : 0,
                    clock += 100);
            log.begin(invocation);
            recorded.add(new Operation(invocation, null));
            return invocation;
        }

        void recordMany(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                record(Precondition.CREATE, 200, Outcome.APPLIED, tag(i % 40 + 1));
            }
        }
    }

    private static EntityTag tag(int length) {
        return new EntityTag("\"" + "t".repeat(Math.max(0, length - 2)) + (length > 1 ? "\"" : ""));
    }

    private static List<Operation> inOrder(Stream<Operation> operations) {
        return operations.sorted(Comparator.comparingLong(Operation::startNs)).toList();
    }

    /** A file of one actor with so many operations. */
    private Scribe recorded(int operations) throws IOException {
        try (Recorder recorder = Recorder.create(file, ORIGIN)) {
            Scribe scribe = new Scribe(recorder, 1);
            scribe.recordMany(operations);
            return scribe;
        }
    }

    @Test
    void anEmptyHistoryKnowsItsOrigin() throws IOException {
        Recorder.create(file, ORIGIN).close();
        assertThat(HistoryReader.read(file)).isEqualTo(new History(ORIGIN, List.of(), List.of()));
    }

    @Test
    void everyOutcomeIsReadAsItWasWritten() throws IOException {
        try (Recorder recorder = Recorder.create(file, ORIGIN)) {
            Scribe scribe = new Scribe(recorder, 1);
            scribe.record(Precondition.NONE, 200, Outcome.APPLIED, tag(5));
            scribe.record(Precondition.CREATE, 412, Outcome.REFUSED, null);
            for (Outcome.Cause cause : Outcome.Cause.values()) {
                scribe.record(Precondition.ifMatch(tag(9), new Version(3, 4)), 599, Outcome.unknown(cause), null);
            }
            assertThat(HistoryReader.read(file).operations()).isEqualTo(scribe.recorded);
        }
    }

    @Test
    void everyObservationIsReadAsItWasWritten() throws IOException {
        try (Recorder recorder = Recorder.create(file, ORIGIN)) {
            Scribe scribe = new Scribe(recorder, 1);
            List<Observation> observations = new ArrayList<>(List.of(
                    Observation.NOTHING,
                    Observation.ABSENT,
                    new Observation.Seen(new Version(16, Integer.MAX_VALUE), Version.ABSENT, 1),
                    new Observation.Seen(new Version(1, 2), Version.FOREIGN, Integer.MAX_VALUE)));
            Arrays.stream(Observation.Flaw.values()).map(Observation.Torn::new).forEach(observations::add);
            for (Observation observation : observations) {
                scribe.record(Method.GET, Precondition.NONE, 200, Outcome.APPLIED, tag(3), observation);
            }
            assertThat(HistoryReader.read(file).operations()).isEqualTo(scribe.recorded);
        }
    }

    @Test
    void tagsOfEveryLengthAreReadAsTheyWereWritten() throws IOException {
        try (Recorder recorder = Recorder.create(file, ORIGIN)) {
            Scribe scribe = new Scribe(recorder, 1);
            scribe.record(Precondition.NONE, 200, Outcome.APPLIED, null);
            for (int length : new int[] {1, 2, 7, 8, 9, 63, 64, 65, EntityTag.LENGTH_MAX}) {
                scribe.record(Precondition.ifMatch(tag(length), Version.FOREIGN), 200, Outcome.APPLIED, tag(length));
            }
            scribe.record(Precondition.NONE, 200, Outcome.APPLIED, new EntityTag("\"caf\u00e9\u00ff\""));
            assertThat(HistoryReader.read(file).operations()).isEqualTo(scribe.recorded);
        }
    }

    @Test
    void aRequestWithoutAnAnswerIsAnUnknownOutcome() throws IOException {
        try (Recorder recorder = Recorder.create(file, ORIGIN)) {
            Scribe scribe = new Scribe(recorder, 1);
            scribe.begin(Method.PUT, Precondition.CREATE);
        }
        assertThat(HistoryReader.read(file).operations())
                .singleElement()
                .satisfies(op -> assertThat(op.outcome()).isEqualTo(Outcome.unknown(Outcome.Cause.NEVER_COMPLETED)));
    }

    @Test
    void recordsGoOnInTheNextChunk() throws IOException {
        Scribe scribe = recorded(3_000);
        assertThat(Files.size(file)).isGreaterThan(HistoryFormat.PREAMBLE_BYTES + 5 * HistoryFormat.CHUNK_BYTES);
        History history = HistoryReader.read(file);
        assertThat(history.operations()).isEqualTo(scribe.recorded);
        assertThat(history.damage()).isEmpty();
    }

    @Test
    void actorsRecordSideBySide() throws Exception {
        int actors = 4;
        List<Operation> recorded = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(actors);
        try (Recorder recorder = Recorder.create(file, ORIGIN)) {
            List<Future<List<Operation>>> scribes = new ArrayList<>();
            for (int actor = 0; actor < actors; actor++) {
                Scribe scribe = new Scribe(recorder, actor);
                scribes.add(threads.submit(() -> {
                    scribe.recordMany(2_000);
                    return scribe.recorded;
                }));
            }
            for (Future<List<Operation>> scribe : scribes) {
                recorded.addAll(scribe.get());
            }
        } finally {
            threads.shutdownNow();
        }
        History history = HistoryReader.read(file);
        assertThat(history.operations()).isEqualTo(inOrder(recorded.stream()));
        assertThat(history.operations()).extracting(op -> op.invocation().id()).doesNotHaveDuplicates();
    }

    /** Bytes of the chunk that records fill. */
    private static int used(byte[] whole) {
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int at = HistoryFormat.PREAMBLE_BYTES + HistoryFormat.CHUNK_HEADER_BYTES;
        while (bytes.getInt(at) != 0) {
            at += bytes.getInt(at) & 0xFF_FFFF;
        }
        return at;
    }

    @Test
    void aFileCutAnywhereKeepsEveryEarlierEventAndSaysSo() throws IOException {
        Scribe scribe = recorded(20);
        List<Operation> earlier = scribe.recorded.subList(0, 19);
        byte[] whole = Files.readAllBytes(file);
        int end = used(whole);
        int lastTwoRecords = HistoryFormat.recordBytes(0) + HistoryFormat.recordBytes(20);
        for (int cut = end - lastTwoRecords; cut <= end; cut += 8) {
            Files.write(file, Arrays.copyOf(whole, cut));
            History history = HistoryReader.read(file);
            assertThat(history.operations()).as("cut at %d", cut).startsWith(earlier.toArray(Operation[]::new));
            assertThat(history.damage()).as("cut at %d", cut).isNotEmpty();
        }
    }

    @Test
    void everyFlippedByteOfARecordIsNoticedAndItsPlaceIsNamed() throws IOException {
        recorded(3);
        byte[] whole = Files.readAllBytes(file);
        int first = HistoryFormat.PREAMBLE_BYTES + HistoryFormat.CHUNK_HEADER_BYTES;
        int length = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(first) & 0xFF_FFFF;
        for (int at = first; at < first + length; at++) {
            for (int mask : new int[] {0x01, 0x03, 0x80, 0xFF}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) mask;
                Files.write(file, flipped);
                assertThat(HistoryReader.read(file).damage())
                        .as("byte %d of the record, mask %x", at - first, mask)
                        .isNotEmpty()
                        .anyMatch(sentence -> sentence.contains("position=" + first));
            }
        }
    }

    @Test
    void aPageThatCameBackAsZerosIsNoticedWhereverItWas() throws IOException {
        recorded(1_500);
        byte[] whole = Files.readAllBytes(file);
        int pageBytes = 4096;
        int end = whole.length - HistoryFormat.CHUNK_BYTES;
        assertThat(end).as("several chunks").isGreaterThan(2 * HistoryFormat.CHUNK_BYTES);
        for (int page = HistoryFormat.PREAMBLE_BYTES; page < end; page += pageBytes) {
            byte[] zeroed = whole.clone();
            Arrays.fill(zeroed, page, page + pageBytes, (byte) 0);
            Files.write(file, zeroed);
            assertThat(HistoryReader.read(file).damage()).as("page at %d", page).isNotEmpty();
        }
    }

    @Test
    void zerosInTheLastChunkAreToldFromItsEndByWhatFollows() throws IOException {
        recorded(200);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 8192, 12_288, (byte) 0);
        int record = HistoryFormat.PREAMBLE_BYTES + HistoryFormat.CHUNK_HEADER_BYTES;
        Arrays.fill(bytes, record, record + Integer.BYTES, (byte) 0);
        Files.write(file, bytes);
        assertThat(HistoryReader.read(file).damage())
                .containsExactly("zeros where records should be; the rest of their chunk is left out: position=4104");
    }

    @Test
    void aLostChunkIsMissedByTheNumberOfTheNextRecord() throws IOException {
        Scribe scribe = recorded(1_500);
        byte[] whole = Files.readAllBytes(file);
        int second = HistoryFormat.PREAMBLE_BYTES + HistoryFormat.CHUNK_BYTES;
        byte[] without = Arrays.copyOf(whole, whole.length - HistoryFormat.CHUNK_BYTES);
        System.arraycopy(whole, second + HistoryFormat.CHUNK_BYTES, without, second, without.length - second);
        Files.write(file, without);
        History history = HistoryReader.read(file);
        assertThat(history.damage())
                .anyMatch(sentence -> sentence.startsWith("records are missing before this one: position="
                        + (second + HistoryFormat.CHUNK_HEADER_BYTES) + " actor=1 missing="));
        assertThat(scribe.recorded).containsAll(history.operations().subList(0, 300));
    }

    @Test
    void aWordOfANewerVersionIsRefusedAndItsPlaceIsNamed() throws IOException {
        recorded(1);
        byte[] bytes = Files.readAllBytes(file);
        int first = HistoryFormat.PREAMBLE_BYTES + HistoryFormat.CHUNK_HEADER_BYTES;
        bytes[first + 32] = 99;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(first + 4, HistoryFormat.checksum(buffer, first, buffer.getInt(first)));
        Files.write(file, bytes);
        refuses("a record with a method this version does not know");
        refuses("position=4104 value=99");
    }

    @Test
    void anIdThatIsUsedTwiceIsRefused() throws IOException {
        try (Recorder recorder = Recorder.create(file, ORIGIN)) {
            new Scribe(recorder, 1).recordMany(1);
            new Scribe(recorder, 1).recordMany(1);
        }
        refuses("two requests with one id");
    }

    @Test
    void damageInOneChunkLeavesTheOtherActorsWhole() throws IOException {
        List<Operation> whole;
        try (Recorder recorder = Recorder.create(file, ORIGIN)) {
            new Scribe(recorder, 1).recordMany(5);
            Scribe other = new Scribe(recorder, 2);
            other.recordMany(5);
            whole = other.recorded;
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[HistoryFormat.PREAMBLE_BYTES + HistoryFormat.CHUNK_HEADER_BYTES + 30] ^= 1;
        Files.write(file, bytes);
        assertThat(HistoryReader.read(file).operations()).isEqualTo(whole);
    }

    @Test
    void anotherFileIsNoHistory() throws IOException {
        Files.write(file, new byte[HistoryFormat.PREAMBLE_BYTES]);
        refuses("not a history of Etalon");
    }

    @Test
    void anEmptyFileIsNoHistory() throws IOException {
        Files.createFile(file);
        refuses("not a whole history");
    }

    @Test
    void aFormatOfTheFutureIsRefusedByNumber() throws IOException {
        recorded(1);
        byte[] bytes = Files.readAllBytes(file);
        bytes[HistoryFormat.MAGIC.length] = 99;
        Files.write(file, bytes);
        refuses("a history of a format this version does not know");
        refuses("format=99 known=2..3");
    }

    @Test
    void aFileOfTheSecondFormatIsReadAsItsOwnVersionReadIt() throws IOException {
        List<Operation> recorded = recorded(1_000).recorded;
        byte[] bytes = Files.readAllBytes(file);
        rewriteAsFormat2(bytes);
        Files.write(file, bytes);
        assertThat(HistoryReader.read(file)).isEqualTo(new History(ORIGIN, recorded, List.of()));

        bytes[HistoryFormat.PREAMBLE_BYTES + HistoryFormat.CHUNK_HEADER_BYTES + 30] ^= 1;
        Files.write(file, bytes);
        assertThat(HistoryReader.read(file).damage()).anyMatch(sentence -> sentence.contains("checksum"));
    }

    /** Gives every record the checksum that format 2 has: a serial one, written out here once more on purpose. */
    private static void rewriteAsFormat2(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(HistoryFormat.MAGIC.length, 2);
        for (int chunk = HistoryFormat.PREAMBLE_BYTES; chunk < bytes.length; chunk += HistoryFormat.CHUNK_BYTES) {
            int at = chunk + HistoryFormat.CHUNK_HEADER_BYTES;
            while (at + HistoryFormat.RECORD_FIXED_BYTES <= chunk + HistoryFormat.CHUNK_BYTES
                    && buffer.getInt(at) != 0) {
                int word = buffer.getInt(at);
                int length = word & 0xFF_FFFF;
                long sum = word * 0x9E3779B97F4A7C15L;
                for (int offset = 8; offset < length; offset += 8) {
                    sum = (Long.rotateLeft(sum, 23) ^ buffer.getLong(at + offset)) * 0xBF58476D1CE4E5B9L;
                }
                buffer.putInt(at + 4, (int) (sum ^ (sum >>> 32)));
                at += length;
            }
        }
    }

    @Test
    void chunksMadeInAdvanceKeepTheOrderOfEachActor() throws Exception {
        int each = 20_000;
        List<Scribe> scribes = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Recorder recorder = Recorder.create(file, ORIGIN)) {
            List<Future<?>> done = new ArrayList<>();
            for (int actor = 1; actor <= 4; actor++) {
                Scribe scribe = new Scribe(recorder, actor);
                scribes.add(scribe);
                done.add(threads.submit(() -> {
                    scribe.recordMany(each);
                    return null;
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        History read = HistoryReader.read(file);
        assertThat(read.damage()).isEmpty();
        assertThat(read.operations()).hasSize(4 * each);
        for (Scribe scribe : scribes) {
            assertThat(read.operations().stream()
                            .filter(op -> op.invocation().actor() == scribe.actor)
                            .toList())
                    .isEqualTo(scribe.recorded);
        }
    }

    @Test
    void aChunkThatWasBeingMadeDuringAKillIsNoDamage() throws IOException {
        recorded(3);
        byte[] bytes = Files.readAllBytes(file);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 8192);
        ByteBuffer.wrap(longer)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length, HistoryFormat.CHUNK_MAGIC)
                .putInt(bytes.length + 4, HistoryFormat.UNOWNED);
        Files.write(file, longer);
        History read = HistoryReader.read(file);
        assertThat(read.damage()).isEmpty();
        assertThat(read.operations()).hasSize(3);
    }

    @Test
    void theFirstFormatIsNotKnownAnyMore() throws IOException {
        recorded(1);
        byte[] bytes = Files.readAllBytes(file);
        bytes[HistoryFormat.MAGIC.length] = 1;
        Files.write(file, bytes);
        refuses("format=1 known=2..3");
    }

    @Test
    void aCorruptPreambleIsRefused() throws IOException {
        recorded(1);
        byte[] bytes = Files.readAllBytes(file);
        bytes[HistoryFormat.MAGIC.length + 7] = 0x7F;
        Files.write(file, bytes);
        refuses("corrupt preamble");
    }

    private void refuses(String sentence) {
        assertThatThrownBy(() -> HistoryReader.read(file))
                .isInstanceOf(HistoryFormatException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining(file.toString());
    }

    @Test
    void anExistingHistoryIsNeverOverwritten() throws IOException {
        recorded(1);
        assertThatThrownBy(() -> Recorder.create(file, ORIGIN)).isInstanceOf(IOException.class);
        assertThat(HistoryReader.read(file).operations()).hasSize(1);
    }

    @Test
    void anOriginThatDoesNotFitIsRefusedWithAdvice() {
        History.Origin origin = new History.Origin(1, "k".repeat(5_000), "s", "t", "h", "now", 0);
        assertThatThrownBy(() -> Recorder.create(file, origin))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("use a shorter key prefix");
    }
}
