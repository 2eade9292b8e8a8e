package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import java.nio.charset.StandardCharsets;

/** Puts content in order before it keeps it, and tells the tag as if it were what was sent. */
@Defect(
        value = "Puts content in order before it keeps it, and tells the tag as if it were what was sent.",
        like = "Kozea/Radicale; jelmer/xandikos",
        caughtBy = "VA-05")
final class TidiesContent extends Faithful {
    TidiesContent() {
        super(Manner.RFC9110);
    }

    @Override
    protected Changed put(String key, Line line, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return super.put(key, line, text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
    }
}
