package dev.migrator.backup;

import java.util.List;

/**
 * What the trial of a dump has shown: it can be restored, with all that it holds.
 *
 * @param contents what the dump says of itself
 * @param tables how many tables were restored
 * @param rows how many rows they have together
 * @param remarks what could not be compared, and why
 * @param changes how the database differs from the dump by now; rows by the server's own estimate
 */
public record TrialResult(DumpContents contents, int tables, long rows, List<String> remarks, List<String> changes) {}
