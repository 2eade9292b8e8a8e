package dev.etalon.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** What a command printed and how it ended, run within the test; EtalonIT starts processes, which cost seconds each. */
record Ended(int code, String out, String err) {
    static Ended etalon(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine etalon =
                Etalon.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = etalon.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    /** All that was printed. */
    String text() {
        return out + err;
    }
}
