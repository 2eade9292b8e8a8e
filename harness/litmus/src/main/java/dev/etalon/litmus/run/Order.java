package dev.etalon.litmus.run;

import dev.etalon.core.model.History;
import dev.etalon.core.store.Json;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;

/**
 * What a {@link Fork} is told to race. It goes through a pipe, since it may hold credentials.
 *
 * @param settings where the server is and how it is talked to, by name
 * @param origin what the history begins with, but for its times
 * @param history the file to record to
 * @param requestsMax after how many requests no sample is begun
 * @param timeMs after how many milliseconds no sample is begun
 */
record Order(Map<String, String> settings, History.Origin origin, String history, long requestsMax, long timeMs) {
    void write(DataOutputStream out, ForkedTestConfig config) throws IOException {
        byte[] json = Json.MAPPER.writeValueAsBytes(this);
        out.writeInt(json.length);
        out.write(json);
        config.write(out);
        out.flush();
    }

    static Order read(DataInputStream in) throws IOException {
        return Json.MAPPER.readValue(in.readNBytes(in.readInt()), Order.class);
    }
}
