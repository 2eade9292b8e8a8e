package dev.etalon.targets.client;

import dev.etalon.core.target.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Basic authentication (RFC 7617): sent with every request, unasked. Never shown.
 *
 * @param user the user's name
 * @param password the password; may be empty
 */
public record BasicLogin(String user, String password) implements WireClient.Signing, RawWire.Signing {
    /** Of a URL with user info, else of {@code etalon.user} and {@code etalon.password}; empty for none. */
    static Optional<BasicLogin> of(HttpUrl url, Settings settings) {
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            return Optional.of(new BasicLogin(url.username(), url.password()));
        }
        return settings.get("etalon.user").map(user -> new BasicLogin(user, settings.get("etalon.password", "")));
    }

    private String field() {
        return Credentials.basic(user, password, StandardCharsets.UTF_8);
    }

    @Override
    public Request sign(Request request, byte @Nullable [] body) {
        return request.newBuilder().header("Authorization", field()).build();
    }

    /** There is no such thing as a presigned URL here. */
    @Override
    public Request presign(Request request) {
        return sign(request, null);
    }

    @Override
    public List<String> secrets() {
        return List.of(field().substring("Basic ".length()), password);
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "BasicLogin";
    }
}
