package dev.etalon.targets.embedded;

import dev.etalon.core.plan.Protocol;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;

/** Apache Tomcat's DefaultServlet on a folder, with PUT enabled and strong entity tags. */
public final class TomcatTarget extends EmbeddedTarget {
    public TomcatTarget() {
        super("tomcat", Protocol.HTTP, "Apache Tomcat DefaultServlet", "tomcat");
    }

    @Override
    String[] loggers() {
        return new String[] {"org.apache.catalina", "org.apache.coyote", "org.apache.tomcat"};
    }

    @Override
    Listening listen(int port, Path work) throws Exception {
        return Launch.tomcat(port, work);
    }

    /** Apart, so that the provider can be loaded where Tomcat is not on the class path. */
    private static final class Launch {
        static Listening tomcat(int port, Path work) throws Exception {
            Path data = Files.createDirectories(work.resolve("data"));
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(Files.createDirectories(work.resolve("base")).toString());
            Connector connector = new Connector();
            connector.setPort(port);
            connector.setProperty("address", "127.0.0.1");
            // Racers keep their connections: none may be closed for its number of requests.
            connector.setProperty("maxKeepAliveRequests", "-1");
            tomcat.setConnector(connector);
            Context context = tomcat.addContext("", data.toString());
            Wrapper servlet = Tomcat.addServlet(context, "default", DefaultServlet.class.getName());
            servlet.addInitParameter("readonly", "false");
            servlet.addInitParameter("useStrongETags", "true");
            context.addServletMapping("/", "default");
            tomcat.start();
            // A connector that cannot bind is logged by Tomcat and stays behind in a failed state.
            if (connector.getState() != LifecycleState.STARTED) {
                stop(tomcat);
                throw new BindException("the connector did not start: port=" + port);
            }
            return new Listening(connector.getLocalPort(), () -> stop(tomcat));
        }

        private static void stop(Tomcat tomcat) {
            try {
                tomcat.stop();
                tomcat.destroy();
            } catch (LifecycleException e) {
                throw new IllegalStateException("Tomcat did not stop", e);
            }
        }
    }
}
