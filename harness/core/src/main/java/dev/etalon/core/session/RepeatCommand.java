package dev.etalon.core.session;

import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command that asks a target again, for a POSIX shell. What names a server of the user's is in it, with credentials as
 * variables of the environment: each is named, and the shell says which is not set.
 */
final class RepeatCommand {
    /** How a server is talked to, which no option of a command says. */
    private static final List<String> TALK = List.of("etalon.http-version", "etalon.trust", "etalon.timeout");

    private final TargetInfo info;
    private final RunningTarget target;
    private final Settings settings;

    RepeatCommand(TargetInfo info, RunningTarget target, Settings settings) {
        this.info = info;
        this.target = target;
        this.settings = settings;
    }

    /** Races a scenario again, with the options of its plan. */
    String race(String scenario, String plan) {
        return command("race", "--scenario " + scenario, plan);
    }

    /** Asks the rules again. */
    String rules(List<String> chosen, int repetitions, int load) {
        return command(
                "rules",
                chosen.stream().map(rule -> "--rule " + SafeUrl.quoted(rule)).collect(Collectors.joining(" ")),
                "--repetitions " + repetitions + " --load " + load);
    }

    private String command(String name, String subject, String plan) {
        List<String> words = new ArrayList<>();
        boolean external = info.kind() == TargetInfo.Kind.EXTERNAL;
        Map<String, String> address = target.addresses().stream().findFirst().orElse(Map.of());
        if (external) {
            if (address.containsKey("etalon.user")) {
                words.add(variable("ETALON_USER"));
                words.add("ETALON_PASSWORD=\"${ETALON_PASSWORD?}\"");
            }
            if (address.containsKey("etalon.secret-key")) {
                words.add(variable("ETALON_ACCESS_KEY"));
                words.add(variable("ETALON_SECRET_KEY"));
            }
            // Not the command's own, but the shell is to say which of them is missing.
            SafeUrl.variables(target.url()).forEach(each -> words.add(variable(each)));
            for (String key : TALK) {
                settings.get(key)
                        .ifPresent(value -> words.add("ETALON_"
                                + key.substring("etalon.".length())
                                        .toUpperCase(Locale.ROOT)
                                        .replace('-', '_')
                                + "=" + SafeUrl.quoted(value)));
            }
        }
        words.add("java -jar harness/cli/target/etalon.jar " + name);
        words.add(subject);
        if (external) {
            words.add("--url " + SafeUrl.quoted(target.url()));
            words.add("--name " + info.name());
            settings.get("etalon.claims").ifPresent(claims -> words.add("--claims " + SafeUrl.quoted(claims)));
            if (address.containsKey("etalon.bucket")) {
                words.add("--protocol s3");
                words.add("--bucket " + SafeUrl.quoted(address.get("etalon.bucket")));
                words.add("--region " + SafeUrl.quoted(address.getOrDefault("etalon.region", "us-east-1")));
            }
        } else {
            words.add("--target " + info.name());
        }
        settings.get("etalon.known").ifPresent(known -> words.add("--known " + SafeUrl.quoted(known)));
        words.add(plan);
        words.removeIf(String::isEmpty);
        return String.join(" ", words);
    }

    private static String variable(String name) {
        return name + "=\"${" + name + ":?}\"";
    }
}
