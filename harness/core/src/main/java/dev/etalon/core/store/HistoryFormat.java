package dev.etalon.core.store;

import java.nio.ByteBuffer;

/**
 * The layout of a history file, shared by {@link Recorder} and {@link HistoryReader}. All numbers are little-endian.
 *
 * <pre>
 * file    = preamble chunk*
 * preamble: "ETALONH\n" · int format · int bytes of JSON · JSON of History.Origin · zeros up to PREAMBLE_BYTES
 * chunk   : CHUNK_BYTES, owned by one actor: int CHUNK_MAGIC · int actor, or UNOWNED · record* · zeros
 * record  : int (kind &lt;&lt; 24 | length) · int checksum of the rest · fields · int sequence · tag · zeros up to a
 *           multiple of 8
 * fields of an invocation, from byte 8 of the record
 *           long id · long atNs · int round · int key · byte method · byte precondition · short endpoint · int depth ·
 *           long version of the validator · long version written · int characters of the tag
 * fields of a completion
 *           long id · long atNs · long releasedNs · short status · byte outcome · byte observation · int depth or flaw ·
 *           long version seen, or 1 + bytes of a torn body · long its parent, or the hash of a torn body · int characters of
 *           the tag
 * </pre>
 *
 * <p>The first word of a record is written last, with release order: a reader that sees it sees the whole record, also
 * after the writing process was killed. The checksum tells a record that the machine, not the process, lost half of.
 * The sequence number counts the records of an actor from 1 across its chunks: a page that came back from a disk as zeros
 * looks like the end of a chunk, and only the number of the next record tells that something is missing.
 *
 * <p>A file has one host, the one its origin names.
 */
final class HistoryFormat {
    static final byte[] MAGIC = {'E', 'T', 'A', 'L', 'O', 'N', 'H', '\n'};
    static final int FORMAT = 3;

    /** The oldest format that is still read. It differs in nothing but the checksum of a record. */
    static final int FORMAT_OLDEST = 2;

    static final int PREAMBLE_BYTES = 4096;
    static final int CHUNK_MAGIC = 0x4B4E4843;

    /** Small enough that 17 actors of a short run take about a megabyte, large enough that growing is rare. */
    static final int CHUNK_BYTES = 64 * 1024;

    static final int CHUNK_HEADER_BYTES = 8;

    /** Stands for the actor in a chunk that was made in advance and that nobody has taken yet. */
    static final int UNOWNED = -1;

    static final int KIND_INVOCATION = 1;
    static final int KIND_COMPLETION = 2;

    /** Fixed part of both kinds of record, up to the tag. */
    static final int RECORD_FIXED_BYTES = 64;

    /** Where a record has the number of its tag's characters. */
    static final int TAG_LENGTH_AT = 56;

    /** Where a record has its sequence number. */
    static final int SEQUENCE_AT = 60;

    private HistoryFormat() {}

    /** Bytes of a record whose tag has that many characters. */
    static int recordBytes(int tagLength) {
        return (RECORD_FIXED_BYTES + tagLength + 7) & ~7;
    }

    /** Length of the whole record that begins at {@code at}; 0 when none does, or none that is whole. */
    static int wholeRecordBytes(int format, ByteBuffer buffer, int at, int limit) {
        if (at + RECORD_FIXED_BYTES > limit) {
            return 0;
        }
        int word = buffer.getInt(at);
        int length = word & 0xFF_FFFF;
        boolean whole = length >= RECORD_FIXED_BYTES
                && length % 8 == 0
                && length <= limit - at
                && buffer.getInt(at + 4)
                        == (format == 2 ? checksumOfFormat2(buffer, at, word) : checksum(buffer, at, word));
        return whole ? length : 0;
    }

    /** Checksum over a record's first word and all after its second. */
    static int checksum(ByteBuffer buffer, int at, int word) {
        long sum = fieldSum(
                word,
                buffer.getLong(at + 8),
                buffer.getLong(at + 16),
                buffer.getLong(at + 24),
                buffer.getLong(at + 32),
                buffer.getLong(at + 40),
                buffer.getLong(at + 48),
                buffer.getLong(at + 56));
        int length = word & 0xFF_FFFF;
        for (int offset = RECORD_FIXED_BYTES; offset < length; offset += 8) {
            sum ^= tagSum(offset - RECORD_FIXED_BYTES, buffer.getLong(at + offset));
        }
        return fold(sum);
    }

    /**
     * What the fixed part adds to the checksum. The multiplications of the pairs do not wait for each other, so that a
     * recorder pays for their number and not for their latency; every pair has constants of its own, so that words cannot
     * change places unnoticed. The constants are hexadecimal digits of pi.
     */
    static long fieldSum(long word, long a, long b, long c, long d, long e, long f, long g) {
        return product(word ^ 0x243F6A8885A308D3L, a ^ 0x13198A2E03707344L)
                ^ product(b ^ 0xA4093822299F31D0L, c ^ 0x082EFA98EC4E6C89L)
                ^ product(d ^ 0x452821E638D01377L, e ^ 0xBE5466CF34E90C6CL)
                ^ product(f ^ 0xC0AC29B7C97C50DDL, g ^ 0x3F84D5B5B5470917L);
    }

    /** What eight bytes of the tag, {@code offset} bytes into it, add to the checksum. */
    static long tagSum(int offset, long bytes) {
        return product(bytes ^ 0x9216D5D98979FB1BL, 0xD1310BA698DFB5ACL + offset * 0x9E3779B97F4A7C15L);
    }

    static int fold(long sum) {
        return (int) (sum ^ (sum >>> 32));
    }

    /** Both halves of the product of 128 bits, so that no bit of a factor is lost. */
    private static long product(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }

    private static int checksumOfFormat2(ByteBuffer buffer, int at, int word) {
        int length = word & 0xFF_FFFF;
        long sum = word * 0x9E3779B97F4A7C15L;
        for (int offset = at + 8; offset < at + length; offset += 8) {
            sum = (Long.rotateLeft(sum, 23) ^ buffer.getLong(offset)) * 0xBF58476D1CE4E5B9L;
        }
        return fold(sum);
    }
}
