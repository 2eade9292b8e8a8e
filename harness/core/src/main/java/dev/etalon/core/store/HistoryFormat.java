package dev.etalon.core.store;

import java.nio.ByteBuffer;

/**
 * The layout of a history file, shared by {@link Recorder} and {@link HistoryReader}. All numbers are little-endian.
 *
 * <pre>
 * file    = preamble chunk*
 * preamble: "ETALONH\n" · int format · int bytes of JSON · JSON of History.Origin · zeros up to PREAMBLE_BYTES
 * chunk   : CHUNK_BYTES, owned by one actor: int CHUNK_MAGIC · int actor · record* · zeros
 * record  : int (kind &lt;&lt; 24 | length) · int checksum of the rest · fields · tag · zeros up to a multiple of 8
 * </pre>
 *
 * <p>The first word of a record is written last, with release order: a reader that sees it sees the whole record, also
 * after the writing process was killed. The checksum tells a record that the machine, not the process, lost half of.
 */
final class HistoryFormat {
    static final byte[] MAGIC = {'E', 'T', 'A', 'L', 'O', 'N', 'H', '\n'};
    static final int FORMAT = 1;
    static final int PREAMBLE_BYTES = 4096;
    static final int CHUNK_MAGIC = 0x4B4E4843;

    /** Small enough that 17 actors of a short run take about a megabyte, large enough that growing is rare. */
    static final int CHUNK_BYTES = 64 * 1024;

    static final int CHUNK_HEADER_BYTES = 8;

    static final int KIND_INVOCATION = 1;
    static final int KIND_COMPLETION = 2;

    /** Fixed part of both kinds of record, up to the tag. */
    static final int RECORD_FIXED_BYTES = 64;

    private HistoryFormat() {}

    /** Bytes of a record whose tag has that many characters. */
    static int recordBytes(int tagLength) {
        return (RECORD_FIXED_BYTES + tagLength + 7) & ~7;
    }

    /** Checksum over a record's first word and all after its second; a few multiplications, no table, no allocation. */
    static int checksum(ByteBuffer buffer, int at, int word) {
        int length = word & 0xFF_FFFF;
        long sum = word * 0x9E3779B97F4A7C15L;
        for (int offset = at + 8; offset < at + length; offset += 8) {
            sum = (Long.rotateLeft(sum, 23) ^ buffer.getLong(offset)) * 0xBF58476D1CE4E5B9L;
        }
        return (int) (sum ^ (sum >>> 32));
    }
}
