/**
 * What does it look like in a browser? The page that shows how migrators stand, the page of one migration, and the report that
 * holds both in one file.
 *
 * <p>Belongs here: everything that makes HTML out of the face's records, with one style and one script. Nothing of HTTP: who
 * may see what, and what is asked for, is said in the {@link dev.migrator.page.PageModel}. A value that is null is not known,
 * or not for this reader, and left out.
 *
 * <p>All text goes through {@link dev.migrator.page.Html}, which escapes it; there are no style attributes, no inline handlers and
 * nothing that is loaded from elsewhere, so that a strict Content-Security-Policy can allow the style and the script by their
 * hashes. Without them the page is complete, and refreshes itself while something runs.
 */
@NullMarked
package dev.migrator.page;

import org.jspecify.annotations.NullMarked;
