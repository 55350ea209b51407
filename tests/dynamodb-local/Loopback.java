// Starts DynamoDB Local on a free port of the loopback interface only.
// Its own command line can't: it listens on every interface and wants the port chosen beforehand.

import java.lang.reflect.Field;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

public class Loopback {
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("com.almworks.sqlite4java").setLevel(Level.OFF);
        String[] options = {"-inMemory", "-sharedDb", "-disableTelemetry"};
        DynamoDBProxyServer dynamodb = ServerRunner.createServerFromCommandLineArgs(options);

        Field field = DynamoDBProxyServer.class.getDeclaredField("server");
        field.setAccessible(true);
        ServerConnector connector = null;
        for (Connector each : ((Server) field.get(dynamodb)).getConnectors()) {
            connector = (ServerConnector) each;
            connector.setHost("127.0.0.1");
            connector.setPort(0);
        }
        dynamodb.start();
        System.out.println("listening http://127.0.0.1:" + connector.getLocalPort());
        System.out.flush();

        // Whoever started us holds our input open; when they are gone, so are we.
        while (System.in.read() >= 0) {
        }
        dynamodb.stop();
        System.exit(0);
    }
}
