package dev.migrator.run;

import dev.migrator.history.History;
import dev.migrator.history.HistoryTable;
import dev.migrator.history.TableName;
import dev.migrator.migration.Found;
import dev.migrator.plan.Plan;
import dev.migrator.plan.Planner;
import dev.migrator.plan.Rules;
import org.jspecify.annotations.Nullable;

/**
 * What was found, what has run and what is to be done, as of one moment. The history is taken apart, and the plan made, when
 * somebody asks for them: a start with nothing to do does not.
 */
public final class Standing {

    private final HistoryTable.Content content;
    private final Found found;
    private final Rules rules;
    private final boolean schemaEmpty;
    private @Nullable Plan plan;

    /**
     * How things stand.
     *
     * @param schemaEmpty whether the schema holds nothing of anybody's; of importance only while there is no history
     */
    public Standing(HistoryTable.Content content, Found found, Rules rules, boolean schemaEmpty) {
        this.content = content;
        this.found = found;
        this.rules = rules;
        this.schemaEmpty = schemaEmpty;
    }

    /** The history's table, with its schema unless that is not known yet. */
    public TableName table() {
        return content.table();
    }

    /** What has run. */
    public History history() {
        return content.history();
    }

    /** What is to be done. */
    public synchronized Plan plan() {
        Plan made = plan;
        if (made == null) {
            made = Planner.plan(found, history(), rules, schemaEmpty);
            plan = made;
        }
        return made;
    }
}
