package dev.etalon.targets.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import okhttp3.Request;

/**
 * Bodies as the SDKs of Amazon frame them: {@code aws-chunked}, with a checksum behind the last chunk instead of a signature
 * over all (Amazon S3 User Guide, "Checking object integrity", trailing checksums). Stateless.
 */
final class AwsChunks {
    /** What stands for the hash of such a body wherever it is signed. */
    static final String HASH = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    private static final String CHECKSUM = "x-amz-checksum-crc32";

    /** What the SDK for Java takes; a body of more is several chunks. */
    private static final int CHUNK_BYTES = 128 * 1024;

    private AwsChunks() {}

    /** The header fields of a body so framed. */
    static Request.Builder about(Request.Builder request, int decodedBytes) {
        return request.header("Content-Encoding", "aws-chunked")
                .header("x-amz-content-sha256", HASH)
                .header("x-amz-decoded-content-length", Integer.toString(decodedBytes))
                .header("x-amz-trailer", CHECKSUM);
    }

    /** The body on the wire. */
    static byte[] of(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        String checksum = Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
        byte[] end = ascii("0\r\n" + CHECKSUM + ":" + checksum + "\r\n\r\n");
        int chunks = (body.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
        ByteBuffer wire = ByteBuffer.allocate(body.length + end.length + chunks * (Integer.BYTES * 2 + 4));
        for (int from = 0; from < body.length; from += CHUNK_BYTES) {
            int length = Math.min(CHUNK_BYTES, body.length - from);
            wire.put(ascii(Integer.toHexString(length) + "\r\n"))
                    .put(body, from, length)
                    .put(ascii("\r\n"));
        }
        wire.put(end);
        return Arrays.copyOf(wire.array(), wire.position());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
