package dev.etalon.reports.junit;

import dev.etalon.reports.html.Visible;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The elements of JUnit XML, as Jenkins and others read them. */
final class SuitesXml {
    private static final int MESSAGE_MAX = 1_000;

    /** Build servers keep every case of every build. */
    private static final int OUT_MAX = 16_000;

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final XMLStreamWriter xml;

    SuitesXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    void write(List<JunitReport.Suite> suites, List<String> unreadable) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        attribute("name", "Etalon");
        for (JunitReport.Suite suite : suites) {
            write(suite);
        }
        if (!unreadable.isEmpty()) {
            writeUnreadable(unreadable);
        }
        line(0);
        xml.writeEndElement();
        line(0);
        xml.writeEndDocument();
    }

    private void write(JunitReport.Suite suite) throws XMLStreamException {
        Map<JunitReport.Case.Result, Long> counts = suite.counts();
        begin(suite.name(), suite.cases().size(), counts);
        attribute("timestamp", SECONDS.format(suite.newest()));
        for (JunitReport.Case one : suite.cases()) {
            write(one);
        }
        line(1);
        xml.writeEndElement();
    }

    private void begin(String name, int tests, Map<JunitReport.Case.Result, Long> counts) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", name);
        attribute("tests", Integer.toString(tests));
        attribute("failures", Long.toString(counts.getOrDefault(JunitReport.Case.Result.FAILED, 0L)));
        attribute("errors", Long.toString(counts.getOrDefault(JunitReport.Case.Result.ERROR, 0L)));
        attribute("skipped", Long.toString(counts.getOrDefault(JunitReport.Case.Result.SKIPPED, 0L)));
    }

    /** What could not be read is a suite of its own: nobody knows whose cell it would have been. */
    private void writeUnreadable(List<String> unreadable) throws XMLStreamException {
        begin("unreadable", unreadable.size(), Map.of(JunitReport.Case.Result.ERROR, (long) unreadable.size()));
        int number = 0;
        for (String sentence : unreadable) {
            write(new JunitReport.Case(
                    "etalon.unreadable", "folder " + ++number, JunitReport.Case.Result.ERROR, sentence, ""));
        }
        line(1);
        xml.writeEndElement();
    }

    private void write(JunitReport.Case one) throws XMLStreamException {
        line(2);
        xml.writeStartElement("testcase");
        attribute("classname", one.classname());
        attribute("name", one.name());
        switch (one.result()) {
            case FAILED -> reason("failure", one.message());
            case ERROR -> reason("error", one.message());
            case SKIPPED -> reason("skipped", one.message());
            case PASSED -> {}
        }
        if (!one.out().isBlank()) {
            line(3);
            xml.writeStartElement("system-out");
            xml.writeCharacters(Visible.of(one.out().strip(), OUT_MAX));
            xml.writeEndElement();
        }
        line(2);
        xml.writeEndElement();
    }

    private void reason(String element, String message) throws XMLStreamException {
        line(3);
        xml.writeEmptyElement(element);
        attribute("message", message);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Visible.of(value, MESSAGE_MAX));
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}
