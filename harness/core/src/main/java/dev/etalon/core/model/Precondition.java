package dev.etalon.core.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The conditional header of one request, and the version its validator stands for.
 *
 * @param kind which header was sent
 * @param tag the entity tag sent, for {@link Kind#IF_MATCH} and {@link Kind#IF_NONE_MATCH}; null also in a foreign
 *     recording that does not tell it
 * @param version the version whose answer carried {@code tag}; {@link Version#ABSENT} for {@link
 *     Kind#IF_NONE_MATCH_ANY} (it asks for absence) and for {@link Kind#NONE}
 */
public record Precondition(Kind kind, @Nullable EntityTag tag, Version version) {
    /** An unconditional request. */
    public static final Precondition NONE = new Precondition(Kind.NONE, null, Version.ABSENT);

    /** {@code If-None-Match: *}: only when there is no representation yet (RFC 9110 §13.1.2). */
    public static final Precondition CREATE = new Precondition(Kind.IF_NONE_MATCH_ANY, null, Version.ABSENT);

    /** The header field sent. The ordinal is part of the history format: append only. */
    public enum Kind {
        NONE,
        IF_MATCH,
        IF_NONE_MATCH_ANY,
        IF_NONE_MATCH
    }

    /** {@code If-Match} with the tag that an earlier answer gave for {@code version} (RFC 9110 §13.1.1). */
    public static Precondition ifMatch(EntityTag tag, Version version) {
        return new Precondition(Kind.IF_MATCH, tag, version);
    }

    /** {@code If-None-Match} with the tag of {@code version}, which a read sends to be told 304 (RFC 9110 §13.1.2). */
    public static Precondition ifNoneMatch(EntityTag tag, Version version) {
        return new Precondition(Kind.IF_NONE_MATCH, tag, version);
    }

    /** Whether a weak tag was sent, which never satisfies If-Match (RFC 9110 §13.1.1). */
    public boolean weak() {
        return tag != null && tag.weak();
    }

    // As in Version: the generated ones are several times slower, and a reader compares millions.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Precondition that
                && kind == that.kind
                && version.equals(that.version)
                && Objects.equals(tag, that.tag);
    }

    @Override
    public int hashCode() {
        return (kind.ordinal() * 31 + version.hashCode()) * 31 + (tag == null ? 0 : tag.hashCode());
    }

    /** The header field as sent, or an empty string. */
    @Override
    public String toString() {
        return switch (kind) {
            case NONE -> "";
            case IF_MATCH -> "If-Match " + tag;
            case IF_NONE_MATCH_ANY -> "If-None-Match *";
            case IF_NONE_MATCH -> "If-None-Match " + tag;
        };
    }
}
