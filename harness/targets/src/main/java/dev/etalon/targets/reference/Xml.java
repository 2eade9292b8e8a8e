package dev.etalon.targets.reference;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The documents of the S3 API. Not thread-safe: one document each. */
final class Xml {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;

    private Xml() throws XMLStreamException {
        writer = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        writer.writeStartDocument("UTF-8", "1.0");
    }

    /** What goes into an element. */
    @FunctionalInterface
    interface Content {
        void write(Xml xml) throws XMLStreamException;
    }

    /** A document. */
    static String document(String root, Content content) {
        try {
            Xml xml = new Xml();
            xml.element(root, content);
            xml.writer.writeEndDocument();
            return xml.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document in memory could not be written", e);
        }
    }

    /** An element of elements. */
    void element(String name, Content content) throws XMLStreamException {
        writer.writeStartElement(name);
        content.write(this);
        writer.writeEndElement();
    }

    /** An element of text; none for null. */
    void element(String name, @Nullable String value) throws XMLStreamException {
        if (value != null) {
            writer.writeStartElement(name);
            writer.writeCharacters(value);
            writer.writeEndElement();
        }
    }

    /**
     * The root of a document that was sent.
     *
     * @throws SAXException when it is none
     */
    static Element parse(byte[] document) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(document))
                    .getDocumentElement();
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("a document in memory could not be parsed", e);
        }
    }

    /** The child elements of a name, whatever their namespace. */
    static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node instanceof Element && localName(node).equals(name))
                .map(Element.class::cast)
                .toList();
    }

    /** The text of a child; null when there is no such child. */
    static @Nullable String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? null : found.get(0).getTextContent().strip();
    }

    private static String localName(Node node) {
        return node.getNodeName().substring(node.getNodeName().indexOf(':') + 1);
    }
}
