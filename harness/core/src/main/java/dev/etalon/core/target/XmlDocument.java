package dev.etalon.core.target;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads what a server sent as XML, and trusts none of it: no document types, no entities of its own. */
public final class XmlDocument {
    private XmlDocument() {}

    /**
     * The document of a body, unaware of namespaces, so that its elements have plain names whether or not the server gives
     * them one; empty for what is no document, or not a whole one.
     */
    public static Optional<Document> of(byte[] body) {
        int first = 0;
        while (first < body.length && Character.isWhitespace(body[first])) {
            first++;
        }
        // Keep-alive spaces before an early 200 are legal in S3; whatever else does not begin like XML is none.
        if (first == body.length || body[first] != '<') {
            return Optional.empty();
        }
        try {
            return Optional.of(parser().parse(new ByteArrayInputStream(body, first, body.length - first)));
        } catch (SAXException e) {
            return Optional.empty();
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("every Java platform parses XML in memory", e);
        }
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder parser = factory.newDocumentBuilder();
        parser.setErrorHandler(new DefaultHandler());
        return parser;
    }
}
