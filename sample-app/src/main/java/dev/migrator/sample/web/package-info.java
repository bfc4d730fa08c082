/** How the shop says no: RFC 9457 problem details. */
@NullMarked
package dev.migrator.sample.web;

import org.jspecify.annotations.NullMarked;
