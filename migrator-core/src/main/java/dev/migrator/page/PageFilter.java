package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which migrations the table shows.
 *
 * @param q words that must all occur in what the row says, whatever their case; empty for all
 * @param state a migration's state; empty for all
 */
public record PageFilter(String q, String state) {

    /** Everything. */
    public static final PageFilter NONE = new PageFilter("", "");

    static final List<String> STATES = List.of("pending", "running", "applied", "failed", "interrupted", "skipped");

    /** As a query gives it: null is no filter, and a state that does not exist is none. */
    public static PageFilter of(@Nullable String q, @Nullable String state) {
        String asked = state == null ? "" : state.strip().toLowerCase(Locale.ROOT);
        return new PageFilter(q == null ? "" : q.strip(), STATES.contains(asked) ? asked : "");
    }

    boolean shows(MigrationInfo migration) {
        return (state.isEmpty() || migration.state().equals(state)) && (q.isEmpty() || says(migration));
    }

    private boolean says(MigrationInfo migration) {
        String text = Stream.of(
                        migration.version(),
                        migration.description(),
                        migration.script(),
                        migration.kind(),
                        migration.state(),
                        migration.installedBy(),
                        migration.actor())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(q.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(text::contains);
    }
}
