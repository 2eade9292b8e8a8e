package dev.etalon.targets.reference;

import io.minio.Signer;
import io.minio.errors.MinioException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Checks AWS Signature Version 4, in the header field or in the query, by signing again what the requester says he signed.
 * Stateless.
 *
 * @param accessKey the access key id that may
 * @param secretKey its secret
 */
record Signatures(String accessKey, String secretKey) {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/([^/]+)/s3/aws4_request, *SignedHeaders=([^,]+), *Signature=(\\p{XDigit}+)");

    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** How far the clocks may be apart; Amazon's figure. */
    private static final Duration SKEW_MAX = Duration.ofMinutes(15);

    /**
     * Why a request is not let in.
     *
     * @param code error code of the S3 API
     * @param message a sentence
     */
    record Denial(String code, String message) {}

    /** Why a request is not let in; empty when it is. */
    Optional<Denial> denial(Call call) {
        try {
            return call.parameters().containsKey("X-Amz-Signature") ? presigned(call) : signed(call);
        } catch (MinioException | IllegalArgumentException | DateTimeException e) {
            return denied("AuthorizationHeaderMalformed", "The signature cannot be read: " + e.getMessage());
        }
    }

    private static Optional<Denial> denied(String code, String message) {
        return Optional.of(new Denial(code, message));
    }

    private Optional<Denial> signed(Call call) throws MinioException {
        Matcher sent = AUTHORIZATION.matcher(nonNull(call.header("Authorization")));
        String date = nonNull(call.header("x-amz-date"));
        if (!sent.matches() || date.isEmpty()) {
            return denied("AccessDenied", "The request is not signed.");
        }
        if (!sent.group(1).equals(accessKey)) {
            return denied("InvalidAccessKeyId", "There is no such access key: " + sent.group(1) + ".");
        }
        Duration skew = Duration.between(AMZ_DATE.parse(date, Instant::from), Instant.now());
        if (skew.abs().compareTo(SKEW_MAX) > 0) {
            return denied("RequestTimeTooSkewed", "The request was signed at another time: x-amz-date=" + date + ".");
        }
        String hash = nonNull(call.header("x-amz-content-sha256"));
        Request again = again(call, call.query(), sent.group(3)).build();
        String expected = Signer.signV4S3(again, sent.group(2), accessKey, secretKey, hash)
                .header("Authorization");
        Matcher ours = AUTHORIZATION.matcher(nonNull(expected));
        return ours.matches() && same(ours.group(4), sent.group(4)) ? Optional.empty() : mismatch();
    }

    private Optional<Denial> presigned(Call call) throws MinioException {
        String[] credential = nonNull(call.parameters().get("X-Amz-Credential")).split("/");
        String date = nonNull(call.parameters().get("X-Amz-Date"));
        int expires = Integer.parseInt(nonNull(call.parameters().get("X-Amz-Expires")));
        if (credential.length < 3 || !credential[0].equals(accessKey)) {
            return denied("InvalidAccessKeyId", "There is no such access key.");
        }
        if (AMZ_DATE.parse(date, Instant::from).plusSeconds(expires).isBefore(Instant.now())) {
            return denied(
                    "AccessDenied", "The URL has expired: X-Amz-Date=" + date + " X-Amz-Expires=" + expires + ".");
        }
        String rest = String.join(
                "&",
                Pattern.compile("&")
                        .splitAsStream(call.query())
                        .filter(pair ->
                                !pair.matches("X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature)=.*"))
                        .toList());
        Request again = again(call, rest, nonNull(call.parameters().get("X-Amz-SignedHeaders")))
                .header("X-Amz-Date", date)
                .build();
        HttpUrl expected = Signer.presignV4(again, credential[2], accessKey, secretKey, expires);
        return same(
                        nonNull(expected.queryParameter("X-Amz-Signature")),
                        nonNull(call.parameters().get("X-Amz-Signature")))
                ? Optional.empty()
                : mismatch();
    }

    private static Optional<Denial> mismatch() {
        return denied(
                "SignatureDoesNotMatch",
                "The signature is not the one of this request: the secret is another one, or something that was signed"
                        + " was changed or left out.");
    }

    /** The request as its sender signed it: with the header fields he says he signed, and no others. */
    private static Request.Builder again(Call call, String query, String signedHeaders) {
        HttpUrl url = HttpUrl.get("http://" + call.header("Host") + call.path() + (query.isEmpty() ? "" : "?" + query));
        RequestBody body = call.method().equals("GET") || call.method().equals("HEAD")
                ? null
                : RequestBody.create(new byte[0], (MediaType) null);
        Request.Builder again = new Request.Builder().url(url).method(call.method(), body);
        for (String name : signedHeaders.split(";")) {
            String value = call.header(name);
            if (value != null) {
                again.header(name, value);
            }
        }
        return again;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static String nonNull(@Nullable String value) {
        return value == null ? "" : value;
    }
}
