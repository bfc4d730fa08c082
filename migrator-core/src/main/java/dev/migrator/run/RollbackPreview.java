package dev.migrator.run;

import dev.migrator.plan.Problem;
import dev.migrator.plan.Rollback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback would do, before it does.
 *
 * @param rollback which versions are meant
 * @param items in order, the version that was applied last first
 * @param problems why nothing may be taken back, all of them; empty if it may
 * @param notes what is worth knowing and no problem
 */
public record RollbackPreview(Rollback rollback, List<Item> items, List<Problem> problems, List<String> notes) {

    public RollbackPreview {
        items = List.copyOf(items);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * One version.
     *
     * @param script what takes it back
     * @param statements how many statements that has; 0 for one in Java
     * @param checksum of that script, or null for one in Java
     * @param losses what goes with it for good, as {@code drops table reviews (about 1,200 rows)}; as far as can be read off
     */
    public record Item(
            String version,
            String description,
            String script,
            int statements,
            @Nullable String checksum,
            List<String> losses) {

        public Item {
            losses = List.copyOf(losses);
        }
    }

    /** The versions, in the order in which they are taken back. */
    public List<String> versions() {
        return items.stream().map(Item::version).toList();
    }
}
