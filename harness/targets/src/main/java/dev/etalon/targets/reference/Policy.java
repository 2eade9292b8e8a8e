package dev.etalon.targets.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A bucket policy: what nobody may do in the bucket. Of Amazon's language only what a policy needs to demand conditions:
 * denials to everybody, on every object, always or where a condition key is missing. Immutable.
 *
 * @param denials what is denied
 */
record Policy(List<Denial> denials) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Policy {
        denials = List.copyOf(denials);
    }

    /**
     * A statement.
     *
     * @param actions what is denied, such as {@code s3:PutObject}
     * @param missing condition keys without all of which it is denied; empty for always
     */
    record Denial(Set<String> actions, Set<String> missing) {
        Denial {
            actions = Set.copyOf(actions);
            missing = Set.copyOf(missing);
        }
    }

    /** A policy as it was sent; empty when it is none, or says more than is understood here. */
    static Optional<Policy> of(byte[] document) {
        try {
            List<Denial> denials = new ArrayList<>();
            for (JsonNode statement : JSON.readTree(document).path("Statement")) {
                if (!statement.path("Effect").asText().equals("Deny")) {
                    return Optional.empty();
                }
                Set<String> missing = new HashSet<>();
                for (var condition : statement.path("Condition").properties()) {
                    if (!condition.getKey().equals("Null")) {
                        return Optional.empty();
                    }
                    condition.getValue().properties().forEach(key -> missing.add(key.getKey()));
                }
                denials.add(new Denial(texts(statement.path("Action")), missing));
            }
            return denials.isEmpty() ? Optional.empty() : Optional.of(new Policy(denials));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new HashSet<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /**
     * Whether an action is denied.
     *
     * @param sent whether a request has what a condition key stands for
     */
    boolean denies(String action, Predicate<String> sent) {
        return denials.stream()
                .anyMatch(denial -> denial.actions.contains(action)
                        && denial.missing.stream().noneMatch(sent));
    }
}
