package dev.etalon.targets.embedded;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * What some loggers of this virtual machine write, kept in memory and capped. Empty when the logging library is not
 * Logback.
 */
abstract class CapturedLog implements AutoCloseable {
    /** Enough for the stack traces of a run; a server that logs more keeps its first part, with a notice. */
    private static final int BYTES_MAX = 4 * 1024 * 1024;

    /** Begins to capture. */
    static CapturedLog of(String... loggers) {
        try {
            return new Logback(loggers);
        } catch (NoClassDefFoundError | ClassCastException e) {
            return new Nothing();
        }
    }

    /** Everything captured so far. */
    abstract String text();

    @Override
    public abstract void close();

    private static final class Nothing extends CapturedLog {
        @Override
        String text() {
            return "";
        }

        @Override
        public void close() {}
    }

    private static final class Logback extends CapturedLog {
        private final Capped bytes = new Capped();
        private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        private final List<ch.qos.logback.classic.Logger> loggers;
        // Tomcat logs to java.util.logging. Held, because that library forgets loggers nobody holds.
        private final List<java.util.logging.Logger> bridged;
        private final SLF4JBridgeHandler bridge = new SLF4JBridgeHandler();

        Logback(String... names) {
            LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setContext(context);
            encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{30} - %msg%n");
            encoder.start();
            appender.setContext(context);
            appender.setEncoder(encoder);
            appender.setOutputStream(bytes);
            appender.start();
            loggers = List.of(names).stream().map(context::getLogger).toList();
            loggers.forEach(logger -> logger.addAppender(appender));
            bridged = List.of(names).stream()
                    .map(java.util.logging.Logger::getLogger)
                    .toList();
            bridged.forEach(logger -> {
                logger.setUseParentHandlers(false);
                logger.addHandler(bridge);
            });
        }

        @Override
        String text() {
            return bytes.text();
        }

        @Override
        public void close() {
            bridged.forEach(logger -> {
                logger.removeHandler(bridge);
                logger.setUseParentHandlers(true);
            });
            loggers.forEach(logger -> logger.detachAppender(appender));
            appender.stop();
        }
    }

    /** Keeps the first bytes and says when it stopped. */
    private static final class Capped extends ByteArrayOutputStream {
        private static final byte[] NOTICE = "... the rest of this log was not kept\n".getBytes(StandardCharsets.UTF_8);
        private boolean full;

        @Override
        public synchronized void write(byte[] source, int offset, int length) {
            if (full) {
                return;
            }
            full = count + length > BYTES_MAX;
            if (full) {
                super.write(NOTICE, 0, NOTICE.length);
            } else {
                super.write(source, offset, length);
            }
        }

        synchronized String text() {
            return new String(buf, 0, count, StandardCharsets.UTF_8);
        }
    }
}
