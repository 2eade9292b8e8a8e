package dev.etalon.targets.external;

import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.core.target.UnknownNameException;
import dev.etalon.targets.ReadyTarget;
import dev.etalon.targets.client.Access;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The server that {@code etalon.url} names. Nothing there is started or stopped; Etalon writes only resources whose names
 * begin with {@code etalon-}, and removes only what it made.
 */
abstract class ExternalTarget implements TargetProvider {
    /** Of a server that has no other name. */
    static final String NAME = "external";

    /** That no condition is meant to be honoured. */
    private static final String NO_CLAIM = "none";

    /** It is a folder's name, too. */
    private static final Pattern NAMES = Pattern.compile("[a-z0-9][a-z0-9._-]{0,199}");

    private final TargetInfo info;

    ExternalTarget(TargetInfo info) {
        this.info = info;
    }

    /** What is known of a server before anything was said of it. */
    static TargetInfo unknown(Protocol protocol) {
        return new TargetInfo(
                NAME,
                TargetInfo.Kind.EXTERNAL,
                protocol,
                "external " + protocol + " server",
                protocol == Protocol.S3 ? Dialect.AWS : Dialect.RFC9110,
                EnumSet.allOf(Capability.class));
    }

    /** The same, when more is known of it. */
    abstract ExternalTarget known(TargetInfo more);

    /** Named by {@code etalon.name}, else by host and port: several servers in one folder are several targets. */
    @Override
    public TargetProvider as(Settings settings) {
        String host = SafeUrl.hostAndPort(settings.get("etalon.url", ""));
        String name = settings.get("etalon.name", host.isEmpty() ? NAME : host);
        if (!NAMES.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "etalon.name must be lower-case letters, digits, dots, hyphens and underscores, and begin with a"
                            + " letter or digit: etalon.name=" + name);
        }
        TargetInfo named = info.named(name);
        return known(
                settings.get("etalon.claims").isPresent()
                        ? named.claiming(claims(settings.list("etalon.claims")))
                        : named);
    }

    private Set<Capability> claims(List<String> words) {
        List<Capability> all = Arrays.stream(Capability.values())
                .filter(capability -> capability.in(info.protocol()))
                .toList();
        EnumSet<Capability> claims = EnumSet.noneOf(Capability.class);
        for (String word : words.equals(List.of(NO_CLAIM)) ? List.<String>of() : words) {
            claims.add(all.stream()
                    .filter(capability -> capability.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> {
                        List<String> known = all.stream().map(Capability::word).toList();
                        return new UnknownNameException(
                                "etalon.claims must name some of " + String.join(", ", known) + ", or be " + NO_CLAIM
                                        + ": etalon.claims=" + word,
                                word,
                                known);
                    }));
        }
        return claims;
    }

    @Override
    public TargetInfo info() {
        return info;
    }

    @Override
    public boolean configured(Settings settings) {
        return settings.get("etalon.url").isPresent()
                && settings.get("etalon.protocol", "http")
                        .equalsIgnoreCase(info.protocol().name());
    }

    @Override
    public RunningTarget start(Options options) throws TargetUnavailableException {
        Access access = Access.of(info.protocol(), options.settings());
        Client client;
        try {
            client = access.readyClient();
        } catch (TargetUnavailableException | RuntimeException e) {
            access.options().ledger().ifPresent(made -> {
                made.clean(true, () -> false);
                made.close();
            });
            throw e;
        }
        return new ReadyTarget(
                List.of(client),
                access.versioning(),
                access.raw(),
                List.of(access.settings()),
                access.url(),
                access.product().orElse(info.product()),
                () -> "",
                () -> {},
                access.options().ledger());
    }
}
