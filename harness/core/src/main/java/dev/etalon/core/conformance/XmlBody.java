package dev.etalon.core.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** An XML body, asked by XPath with plain element names; a body that is none has no elements. */
final class XmlBody {
    private final Optional<Document> document;

    private XmlBody(Optional<Document> document) {
        this.document = document;
    }

    static XmlBody of(byte[] body) {
        int first = 0;
        while (first < body.length && Character.isWhitespace(body[first])) {
            first++;
        }
        // Keep-alive spaces before an early 200 are legal in S3; whatever else does not begin like XML is none.
        if (first == body.length || body[first] != '<') {
            return new XmlBody(Optional.empty());
        }
        try {
            return new XmlBody(Optional.of(parser().parse(new ByteArrayInputStream(body, first, body.length - first))));
        } catch (SAXException e) {
            return new XmlBody(Optional.empty());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("every Java platform parses XML in memory", e);
        }
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        // Not aware of namespaces, so that a path finds an element whether or not the server gives it one.
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder parser = factory.newDocumentBuilder();
        parser.setErrorHandler(new DefaultHandler());
        return parser;
    }

    /** Text of the first element on a path. */
    Optional<String> text(String path) {
        return document.map(tree -> first(path, tree)).map(Node::getTextContent).map(String::strip);
    }

    private static Node first(String path, Document tree) {
        try {
            return (Node) XPathFactory.newDefaultInstance().newXPath().evaluate(path, tree, XPathConstants.NODE);
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException("a rule's path is no XPath: path=" + path, e);
        }
    }
}
