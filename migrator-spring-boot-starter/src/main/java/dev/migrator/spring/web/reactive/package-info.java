/**
 * How is a request held off in a reactive application?
 *
 * <p>Belongs here: what needs WebFlux, and nothing of the servlet API.
 */
@NullMarked
package dev.migrator.spring.web.reactive;

import org.jspecify.annotations.NullMarked;
