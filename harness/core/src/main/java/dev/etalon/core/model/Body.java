package dev.etalon.core.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Writes and reads the bodies of a run: a one-line ASCII header of fixed size, then pseudo-random payload.
 *
 * <p>The header names run, key, version, parent and depth, so that the version order of a key can be read off the
 * bodies themselves; it carries the length and a hash of the payload, so that a torn or mixed body shows. It is text so
 * that a maintainer who replays a witness with {@code curl} sees at once whose body came back.
 *
 * <p>Payload bytes depend on run, key and version: no two bodies of a run are equal, so equal content-hash tags never
 * arise by design. Stateless and thread-safe.
 */
public final class Body {
    private static final String FORMAT =
            "etalon1 run=%016x key=%08x writer=%08x seq=%08x pwriter=%08x pseq=%08x depth=%08x length=%08x hash=%s crc=";
    private static final Pattern HEADER = Pattern.compile(
            "etalon1 run=(\\p{XDigit}{16}) key=(\\p{XDigit}{8}) writer=(\\p{XDigit}{8}) seq=(\\p{XDigit}{8})"
                    + " pwriter=(\\p{XDigit}{8}) pseq=(\\p{XDigit}{8}) depth=(\\p{XDigit}{8}) length=(\\p{XDigit}{8})"
                    + " hash=(\\p{XDigit}{32}) crc=(\\p{XDigit}{8})\n");

    /** Bytes of hash kept: 128 of SHA-256's 256 bits, ample against accidents, which is all this is for. */
    private static final int HASH_BYTES = 16;

    /** Size of the header in bytes; no body is shorter. */
    public static final int HEADER_BYTES = String.format(FORMAT, 0L, 0, 0, 0, 0, 0, 0, 0, "0".repeat(2 * HASH_BYTES))
                    .length()
            + "00000000\n".length();

    private Body() {}

    /**
     * What a body says of itself.
     *
     * @param run identity of the run
     * @param key number of the key within the run
     * @param version identity of this body
     * @param parent version this body replaces, as its writer saw it
     * @param depth the parent's depth + 1; a counter's value
     */
    public record Header(long run, int key, Version version, Version parent, int depth) {}

    /**
     * Encodes a body of exactly {@code length} bytes.
     *
     * @throws IllegalArgumentException when the length leaves no room for the header
     */
    public static byte[] encode(Header header, int length) {
        if (length < HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "a body must have room for its header: length=" + length + " headerBytes=" + HEADER_BYTES);
        }
        byte[] body = new byte[length];
        SplittableRandom random = new SplittableRandom(header.run()
                ^ (header.version().packed() * 0x9E3779B97F4A7C15L)
                ^ ((long) header.key() * 0xBF58476D1CE4E5B9L));
        random.nextBytes(body);
        byte[] head = header(header, length, body);
        System.arraycopy(head, 0, body, 0, head.length);
        return body;
    }

    /** Says what a body read back shows: the version it is, or what is wrong with it. */
    public static Observation decode(long run, int key, byte[] body) {
        if (body.length == 0) {
            return torn(Observation.Flaw.EMPTY, body);
        }
        if (body.length < HEADER_BYTES) {
            return torn(Observation.Flaw.NO_HEADER, body);
        }
        String head = new String(body, 0, HEADER_BYTES, StandardCharsets.ISO_8859_1);
        Matcher field = HEADER.matcher(head);
        if (!field.matches()) {
            return torn(Observation.Flaw.NO_HEADER, body);
        }
        if (!field.group(10).equals(crc(head.substring(0, field.start(10))))) {
            return torn(Observation.Flaw.HEADER_CHECKSUM, body);
        }
        if (Integer.parseUnsignedInt(field.group(8), 16) != body.length) {
            return torn(Observation.Flaw.LENGTH, body);
        }
        if (!field.group(9).equals(hash(body))) {
            return torn(Observation.Flaw.PAYLOAD_HASH, body);
        }
        if (Long.parseUnsignedLong(field.group(1), 16) != run) {
            return torn(Observation.Flaw.OTHER_RUN, body);
        }
        if (Integer.parseUnsignedInt(field.group(2), 16) != key) {
            return torn(Observation.Flaw.OTHER_KEY, body);
        }
        return new Observation.Seen(
                new Version(hex(field.group(3)), hex(field.group(4))),
                new Version(hex(field.group(5)), hex(field.group(6))),
                hex(field.group(7)));
    }

    private static Observation torn(Observation.Flaw flaw, byte[] body) {
        return new Observation.Torn(
                flaw, body.length, ByteBuffer.wrap(sha256().digest(body)).getLong());
    }

    private static int hex(String digits) {
        return Integer.parseUnsignedInt(digits, 16);
    }

    private static byte[] header(Header header, int length, byte[] body) {
        String text = String.format(
                FORMAT,
                header.run(),
                header.key(),
                header.version().writer(),
                header.version().sequence(),
                header.parent().writer(),
                header.parent().sequence(),
                header.depth(),
                length,
                hash(body));
        return (text + crc(text) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return String.format("%08x", crc.getValue());
    }

    /** Hash of everything after the header. */
    private static String hash(byte[] body) {
        MessageDigest digest = sha256();
        digest.update(body, HEADER_BYTES, body.length - HEADER_BYTES);
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
