package dev.etalon.junit;

import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Which targets take part where the user does not say. */
final class Targets {
    private Targets() {}

    /** The user's settings; where they name no target, all but some. */
    static Settings without(List<String> leftOut, Settings users) {
        if (leftOut.isEmpty()) {
            return users;
        }
        String names = ServiceLoader.load(TargetProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.configured(users))
                .map(provider -> provider.info().name())
                .filter(name -> !leftOut.contains(name))
                .collect(Collectors.joining(","));
        return users.or(Map.of("etalon.targets", names));
    }
}
