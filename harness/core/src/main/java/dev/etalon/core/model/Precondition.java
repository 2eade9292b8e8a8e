package dev.etalon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The conditional header of one request, and the version its validator stands for.
 *
 * @param kind which header was sent
 * @param tag the entity tag sent, for {@link Kind#IF_MATCH} only
 * @param version the version whose answer carried {@code tag}; {@link Version#ABSENT} for {@link
 *     Kind#IF_NONE_MATCH_ANY} (it asks for absence) and for {@link Kind#NONE}
 */
public record Precondition(Kind kind, @Nullable EntityTag tag, Version version) {
    /** An unconditional request. */
    public static final Precondition NONE = new Precondition(Kind.NONE, null, Version.ABSENT);

    /** {@code If-None-Match: *}: only when there is no representation yet (RFC 9110 §13.1.2). */
    public static final Precondition CREATE = new Precondition(Kind.IF_NONE_MATCH_ANY, null, Version.ABSENT);

    /** The header field sent. */
    public enum Kind {
        NONE,
        IF_MATCH,
        IF_NONE_MATCH_ANY
    }

    /** {@code If-Match} with the tag that an earlier answer gave for {@code version} (RFC 9110 §13.1.1). */
    public static Precondition ifMatch(EntityTag tag, Version version) {
        return new Precondition(Kind.IF_MATCH, tag, version);
    }

    /** The header field as sent, or an empty string. */
    @Override
    public String toString() {
        return switch (kind) {
            case NONE -> "";
            case IF_MATCH -> "If-Match " + tag;
            case IF_NONE_MATCH_ANY -> "If-None-Match *";
        };
    }
}
