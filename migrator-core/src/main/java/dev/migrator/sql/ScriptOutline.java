package dev.migrator.sql;

import java.util.List;

/**
 * What is known of a script after it has been read once.
 *
 * @param checksum of the whole text, see {@link Checksum}
 * @param replacedChecksum the same of the text after placeholders, but for those whose values Migrator knows itself; equal to the
 *     checksum where it was not asked for
 * @param statements how many statements it has, those that control transactions not counted; may be 0
 * @param segments the units in which they are executed, in order; every statement is in one of them
 * @param directives what the script says about its own execution
 * @param problems the placeholders that cannot be replaced, each with its place
 */
public record ScriptOutline(
        String checksum,
        String replacedChecksum,
        int statements,
        List<Segment> segments,
        Directives directives,
        List<ScriptException> problems) {}
