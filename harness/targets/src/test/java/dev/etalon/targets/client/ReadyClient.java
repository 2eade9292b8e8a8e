package dev.etalon.targets.client;

import dev.etalon.core.target.Client;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.ReferenceServer;
import okhttp3.HttpUrl;

/** A client of a server of HTTP, when it has found out what the server takes. */
final class ReadyClient {
    private ReadyClient() {}

    /** Does something with it. */
    interface Use {
        void of(Client client) throws Exception;
    }

    /** Starts the server for as long as the client is used. */
    static void of(Faithful faithful, Use use) throws Exception {
        try (ReferenceServer server =
                ReferenceServer.start(faithful, ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            HttpUrl url = HttpUrl.get("http://127.0.0.1:" + server.ports().get(0) + "/");
            try (Client client = new HttpAccess(url).readyClient()) {
                use.of(client);
            }
        }
    }
}
