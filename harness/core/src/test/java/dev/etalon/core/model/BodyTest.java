package dev.etalon.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body says whose it is, and nothing can be changed about it unnoticed. */
class BodyTest {
    private static final long RUN = 0xFEED_FACE_CAFE_BEEFL;
    private static final int KEY = 41;
    private static final Body.Header HEADER = new Body.Header(RUN, KEY, new Version(3, 14), new Version(0, 2), 5);
    private static final Observation.Seen SEEN = new Observation.Seen(new Version(3, 14), new Version(0, 2), 5);

    private static byte[] body(int length) {
        return Body.encode(HEADER, length);
    }

    private static Observation.Flaw flaw(byte[] body) {
        return ((Observation.Torn) Body.decode(RUN, KEY, body)).flaw();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 63, 64, 65, 1000, 4096, 65_536, 1_048_576})
    void aWholeBodyIsSeenWhateverItsSize(int payload) {
        byte[] body = body(Body.HEADER_BYTES + payload);
        assertThat(body).hasSize(Body.HEADER_BYTES + payload);
        assertThat(Body.decode(RUN, KEY, body)).isEqualTo(SEEN);
    }

    @Test
    void extremeNumbersSurvive() {
        Version extreme = new Version(Integer.MAX_VALUE, Integer.MIN_VALUE);
        byte[] body = Body.encode(new Body.Header(-1, -1, extreme, Version.FOREIGN, Integer.MAX_VALUE), 512);
        assertThat(Body.decode(-1, -1, body))
                .isEqualTo(new Observation.Seen(extreme, Version.FOREIGN, Integer.MAX_VALUE));
    }

    @Test
    void aBodyHasRoomForItsHeader() {
        assertThatThrownBy(() -> body(Body.HEADER_BYTES - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headerBytes=" + Body.HEADER_BYTES);
    }

    @Test
    void everyFlippedByteIsNoticed() {
        byte[] whole = body(512);
        for (int at = 0; at < whole.length; at++) {
            for (int mask : new int[] {0x01, 0x20, 0xFF}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) mask;
                assertThat(Body.decode(RUN, KEY, flipped))
                        .as("byte %d, mask %x", at, mask)
                        .isInstanceOf(Observation.Torn.class);
            }
        }
    }

    @Test
    void everyTruncationIsNoticed() {
        byte[] whole = body(512);
        for (int length = 1; length < whole.length; length++) {
            assertThat(flaw(Arrays.copyOf(whole, length)))
                    .as("length %d", length)
                    .isEqualTo(length < Body.HEADER_BYTES ? Observation.Flaw.NO_HEADER : Observation.Flaw.LENGTH);
        }
    }

    @Test
    void anExtensionIsNoticed() {
        assertThat(flaw(Arrays.copyOf(body(512), 513))).isEqualTo(Observation.Flaw.LENGTH);
    }

    @Test
    void twoBodiesSplicedAreNoticedWhereverTheyMeet() {
        byte[] one = body(512);
        byte[] two = Body.encode(new Body.Header(RUN, KEY, new Version(4, 14), new Version(0, 2), 5), 512);
        for (int seam = 64; seam < 512; seam += 64) {
            byte[] spliced = one.clone();
            System.arraycopy(two, seam, spliced, seam, two.length - seam);
            assertThat(Body.decode(RUN, KEY, spliced)).as("seam %d", seam).isInstanceOf(Observation.Torn.class);
        }
    }

    @Test
    void somethingElseHasNoHeader() {
        assertThat(flaw("<html>".repeat(100).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Observation.Flaw.NO_HEADER);
    }

    @Test
    void nothingIsEmpty() {
        Observation nothing = Body.decode(RUN, KEY, new byte[0]);

        assertThat(nothing)
                .isInstanceOfSatisfying(
                        Observation.Torn.class,
                        torn -> assertThat(torn.sentence()).isEqualTo("is empty (0 bytes)"));
    }

    /** What was read is not kept, but two readers can be told to have read the same. */
    @Test
    void lengthAndHashOfWhatIsTornAreKept() {
        byte[] cut = Arrays.copyOf(body(512), 200);

        assertThat(Body.decode(RUN, KEY, cut))
                .isEqualTo(Body.decode(RUN, KEY, cut.clone()))
                .isNotEqualTo(Body.decode(RUN, KEY, Arrays.copyOf(cut, 201)))
                .isInstanceOfSatisfying(
                        Observation.Torn.class,
                        torn -> assertThat(torn.sentence())
                                .matches(
                                        "is shorter or longer than its header says \\(200 bytes, SHA-256 begins with [0-9a-f]{16}\\)"));
    }

    @Test
    void aBodyOfAnotherRunIsNotOurs() {
        assertThat(((Observation.Torn) Body.decode(RUN + 1, KEY, body(512))).flaw())
                .isEqualTo(Observation.Flaw.OTHER_RUN);
    }

    @Test
    void aBodyOfAnotherKeyIsNotOurs() {
        assertThat(((Observation.Torn) Body.decode(RUN, KEY + 1, body(512))).flaw())
                .isEqualTo(Observation.Flaw.OTHER_KEY);
    }

    @Test
    void noTwoVersionsHaveEqualPayloads() {
        Set<String> payloads = new HashSet<>();
        for (int key = 0; key < 4; key++) {
            for (int writer = 0; writer < 17; writer++) {
                for (int sequence = 1; sequence <= 20; sequence++) {
                    byte[] body = Body.encode(
                            new Body.Header(RUN, key, new Version(writer, sequence), Version.ABSENT, 1), 512);
                    assertThat(body).hasSize(512);
                    payloads.add(
                            new String(body, Body.HEADER_BYTES, 512 - Body.HEADER_BYTES, StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(payloads).hasSize(4 * 17 * 20);
    }

    @Test
    void theHeaderIsOneLineThatAPersonCanRead() {
        String text = new String(body(512), 0, Body.HEADER_BYTES, StandardCharsets.US_ASCII);
        assertThat(text)
                .startsWith("etalon1 run=feedfacecafebeef key=00000029 writer=00000003 seq=0000000e"
                        + " pwriter=00000000 pseq=00000002 depth=00000005 length=00000200 hash=")
                .endsWith("\n")
                .matches("\\p{Graph}+( \\p{Graph}+)*\n");
    }

    @Test
    void everyVersionSurvivesItsPackedForm() {
        for (Version version : new Version[] {
            Version.ABSENT, Version.FOREIGN, new Version(1, 1), new Version(17, -1), new Version(Integer.MAX_VALUE, 7)
        }) {
            assertThat(Version.unpacked(version.packed())).isEqualTo(version);
        }
    }

    @Test
    void aTagIsKeptAsItWasSent() {
        assertThat(new EntityTag("W/\"a\"").weak()).isTrue();
        assertThat(new EntityTag("\"W/a\"").weak()).isFalse();
        assertThatThrownBy(() -> new EntityTag("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EntityTag("x".repeat(EntityTag.LENGTH_MAX + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
