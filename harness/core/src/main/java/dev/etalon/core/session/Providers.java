package dev.etalon.core.session;

import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.UnknownNameException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** The targets on the class path, as the user's settings configure and name them. */
final class Providers {
    private Providers() {}

    /**
     * Those that take part at all.
     *
     * @throws IllegalArgumentException when {@code etalon.name} is the name of a bundled target
     */
    static List<TargetProvider> configured(Settings settings) {
        List<TargetProvider> providers = new ArrayList<>();
        ServiceLoader.load(TargetProvider.class).forEach(provider -> {
            if (provider.configured(settings)) {
                providers.add(provider.as(settings));
            }
        });
        Set<String> names = new HashSet<>();
        for (TargetProvider provider : providers) {
            if (!names.add(provider.info().name())) {
                throw new IllegalArgumentException("etalon.name must not be the name of a bundled target: etalon.name="
                        + provider.info().name() + "; give your server another one");
            }
        }
        return providers;
    }

    /**
     * Those that a setting selects; all when it is not set.
     *
     * @throws UnknownNameException when it names something unknown
     */
    static List<TargetProvider> chosen(Settings settings, String key, List<TargetProvider> all) {
        List<String> wanted = settings.list(key);
        for (String name : wanted) {
            if (all.stream().noneMatch(provider -> provider.info().isCalled(name))) {
                throw unknown(
                        key,
                        name,
                        all.stream().map(provider -> provider.info().name()).toList());
            }
        }
        return all.stream()
                .filter(provider -> wanted.isEmpty()
                        || wanted.stream().anyMatch(name -> provider.info().isCalled(name)))
                .toList();
    }

    static UnknownNameException unknown(String key, String name, List<String> known) {
        return new UnknownNameException(
                key + " must name some of " + String.join(", ", known) + ": " + key + "=" + name, name, known);
    }
}
