package dev.migrator.run;

import dev.migrator.migration.Migration;
import dev.migrator.postgres.BriefQuery;
import dev.migrator.postgres.Referrers;
import dev.migrator.postgres.RowCount;
import dev.migrator.sql.Loss;
import dev.migrator.sql.NameChange;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what data goes for good when scripts run one after the other, with how much of it there is now. */
final class Losses {

    private final RowCount rows;
    private final Referrers referrers;
    private final Placeholders placeholders;

    /** Whether a script before, or the one at hand, has let names mean something else than they mean now. */
    private boolean renamed;

    /** Whether the script at hand has set what names mean, or who looks. */
    private boolean set;

    Losses(BriefQuery query, Placeholders placeholders) {
        this.rows = new RowCount(query);
        this.referrers = new Referrers(query);
        this.placeholders = placeholders;
    }

    /** One line for each; of a migration in Java, that nobody can tell. */
    List<String> of(PendingStep step) throws SQLException {
        if (!(step.migration().content() instanceof Migration.Sql sql) || step.outline() == null) {
            return List.of("runs code, of which nobody can say what it takes away");
        }
        List<String> losses = new ArrayList<>();
        set = false;
        try (ScriptCursor cursor =
                new ScriptCursor(sql.script(), placeholders, step.outline().directives())) {
            cursor.seek(step.step().statementsDone(), done -> set |= NameChange.untilTheEnd(done.text()));
            for (Statement statement = cursor.next(); statement != null; statement = cursor.next()) {
                for (Loss loss : Loss.of(statement.text())) {
                    losses.add(describe(loss, statement.number()));
                }
                set |= NameChange.untilTheEnd(statement.text());
                renamed |= NameChange.forGood(statement.text());
            }
        } catch (IOException | ScriptException | StepFailure e) {
            losses.add("cannot be read to its end: " + e.getMessage());
        }
        return losses;
    }

    private String describe(Loss loss, int statement) throws SQLException {
        String column = loss.column();
        return switch (loss.sort()) {
            case TABLE -> "drops table " + loss.relation() + amount(loss, "") + dependents(loss);
            case COLUMN ->
                "drops column " + loss.relation() + "." + column + amount(loss, " with a value in it")
                        + dependents(loss);
            case ATTRIBUTE ->
                "drops attribute " + column + " of type " + loss.relation()
                        + ", with its value wherever the type is used";
            case TYPE ->
                "changes the type of " + loss.relation() + "." + column + amount(loss, " with a value in it")
                        + ", and perhaps its values";
            case CONTENT ->
                "empties table " + loss.relation() + amount(loss, "")
                        + (loss.cascades() ? ", with all tables that refer to it" : "");
            case ROWS -> "deletes rows of " + loss.relation() + amount(loss, " in it") + referring(loss);
            case VALUES -> "changes rows of " + loss.relation() + amount(loss, " in it");
            case DEPENDENTS -> "drops " + loss.relation() + ", with all that depends on it, such as columns";
            case SCHEMA ->
                "drops schema " + loss.relation()
                        + (loss.cascades() ? ", with all that is in it and depends on it" : "");
            case CODE -> "runs code in statement " + statement + ", of which nobody can say what it takes away";
        };
    }

    private static String dependents(Loss loss) {
        return loss.cascades() ? ", with all that depends on it" : "";
    }

    private String referring(Loss loss) throws SQLException {
        boolean alone = isFoundNow() && !referrers.goAlongWith(loss.relation());
        return alone ? "" : ", and perhaps deletes or changes rows that refer to them";
    }

    /** Whether a name means now what it will mean to the statement. */
    private boolean isFoundNow() {
        return !set && !renamed;
    }

    private String amount(Loss loss, String what) throws SQLException {
        if (!isFoundNow()) {
            return "";
        }
        long count = rows.of(loss.relation(), loss.column());
        if (count < 0) {
            return "";
        }
        String number = count > RowCount.LIMIT
                ? String.format(Locale.ROOT, "more than %,d rows", RowCount.LIMIT)
                : String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "row" : "rows");
        return " (" + number + what + ")";
    }
}
