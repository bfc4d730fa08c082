/**
 * What does a request get before the gate is open? The answer, and the paths that are let through, for both stacks.
 *
 * <p>Belongs here: what servlet and reactive applications share. Writing it to a response is the business of the rooms below.
 */
@NullMarked
package dev.migrator.spring.web;

import org.jspecify.annotations.NullMarked;
