package dev.etalon.targets.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** JSON Merge Patch (RFC 7396 §2). Stateless. */
final class MergePatch {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private MergePatch() {}

    /** A JSON document; empty for what is none. */
    static Optional<JsonNode> parsed(byte[] text) {
        try {
            JsonNode document = JSON.readTree(text);
            return document.isMissingNode() ? Optional.empty() : Optional.of(document);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A document with a patch merged in. */
    static byte[] apply(JsonNode patch, JsonNode document) {
        return bytes(merged(patch, document));
    }

    private static JsonNode merged(JsonNode patch, JsonNode target) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target.isObject() ? target.deepCopy() : JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            if (member.getValue().isNull()) {
                result.remove(member.getKey());
            } else {
                result.set(member.getKey(), merged(member.getValue(), result.path(member.getKey())));
            }
        }
        return result;
    }

    static byte[] bytes(JsonNode document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
