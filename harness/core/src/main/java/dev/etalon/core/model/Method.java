package dev.etalon.core.model;

/** The request methods a history knows. The ordinal is part of the history format: append only. */
public enum Method {
    GET,
    PUT,
    DELETE
}
