package dev.etalon.core.conformance;

import dev.etalon.core.target.XmlDocument;
import java.util.Optional;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/** An XML body, asked by XPath with plain element names; a body that is none has no elements. */
final class XmlBody {
    private final Optional<Document> document;

    private XmlBody(Optional<Document> document) {
        this.document = document;
    }

    static XmlBody of(byte[] body) {
        return new XmlBody(XmlDocument.of(body));
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
