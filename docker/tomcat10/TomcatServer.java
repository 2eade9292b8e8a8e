import java.io.File;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;

/** The DefaultServlet on a folder, writable. {@code java TomcatServer.java PORT FOLDER WORK} */
final class TomcatServer {
  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(new File(arguments[2], "tomcat").getPath());
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[0]));
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", new File(arguments[1]).getPath());
    Wrapper servlet = Tomcat.addServlet(context, "default", new DefaultServlet());
    servlet.addInitParameter("readonly", "false");
    context.addServletMappingDecoded("/", "default");
    tomcat.start();
    tomcat.getServer().await();
  }
}
