/**
 * What does this text say? A streaming lexer for PostgreSQL scripts, the statements with their lines and columns, the
 * transaction segments they form, the directives at a script's head, its placeholders, and the checksum that names a text.
 *
 * <p>Belongs here: everything that can be said of a script without a database. This room knows no other room, and no JDBC.
 */
@NullMarked
package dev.migrator.sql;

import org.jspecify.annotations.NullMarked;
