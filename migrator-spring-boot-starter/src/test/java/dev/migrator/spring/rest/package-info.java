/**
 * What does the endpoint answer to whom? REST.md, made from what applications that run answer: a test asks them, Spring REST
 * Docs writes down what went over the wire, and checks that every field is described.
 *
 * <p>Belongs here: how the applications are brought to where they are asked, what the fields mean, and how the document is
 * made of both.
 */
@NullMarked
package dev.migrator.spring.rest;

import org.jspecify.annotations.NullMarked;
