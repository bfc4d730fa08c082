package dev.migrator.sql;

import java.util.List;

/**
 * What is known of a script after it has been read once.
 *
 * @param checksum of the whole text, see {@link Checksum}
 * @param statements how many statements it has, those that control transactions not counted; may be 0
 * @param segments the units in which they are executed, in order; every statement is in one of them
 * @param directives what the script says about its own execution
 */
public record ScriptOutline(String checksum, int statements, List<Segment> segments, Directives directives) {}
