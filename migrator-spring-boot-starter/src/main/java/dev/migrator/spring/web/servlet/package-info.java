/**
 * How is a request held off in a servlet application?
 *
 * <p>Belongs here: what needs the servlet API, and nothing reactive.
 */
@NullMarked
package dev.migrator.spring.web.servlet;

import org.jspecify.annotations.NullMarked;
