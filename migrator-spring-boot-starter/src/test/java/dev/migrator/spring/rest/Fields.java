package dev.migrator.spring.rest;

import static org.springframework.restdocs.payload.JsonFieldType.ARRAY;
import static org.springframework.restdocs.payload.JsonFieldType.BOOLEAN;
import static org.springframework.restdocs.payload.JsonFieldType.NUMBER;
import static org.springframework.restdocs.payload.JsonFieldType.OBJECT;
import static org.springframework.restdocs.payload.JsonFieldType.STRING;
import static org.springframework.restdocs.payload.PayloadDocumentation.applyPathPrefix;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.snippet.Attributes.key;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.restdocs.payload.JsonFieldType;

/** What each field of an answer means. */
final class Fields {

    private static final String MIGRATOR = "contexts.*.migrators.*.";

    private static final List<FieldDescriptor> ENVELOPE = List.of(
            there(
                    "contexts",
                    OBJECT,
                    "The application contexts, by their ids: the application's own, and its parents."),
            maybe("contexts.*.parentId", STRING, "The parent context's id."),
            there("contexts.*.migrators", OBJECT, "The migrators of that context, by the names of their beans."));

    private static final List<FieldDescriptor> OF_A_MIGRATOR = List.of(
            there("state", STRING, "`pending`, `running`, `succeeded`, `failed` or `disabled`."),
            maybe("schema", STRING, "The schema that holds the history table; missing while it is not known."),
            there("table", STRING, "The history table's name."),
            maybe("currentVersion", STRING, "The highest version that is applied."),
            maybe("latestVersion", STRING, "The highest version that is found."),
            there("pending", NUMBER, "How many migrations the next run, or the rest of this one, would run."),
            maybe("current", OBJECT, "What runs now."),
            there(
                    "migrations",
                    ARRAY,
                    "The migrations in the order in which they run; with a name, those that it means."),
            maybe(
                    "details",
                    ARRAY,
                    "All that is known of those; only where a migration was asked for by its name, and for who may see"
                            + " details."),
            there("problems", ARRAY, "Why the last validation or run refused or failed; empty when all is well."),
            maybe("databaseState", STRING, "In which state the failure left the database; a detail."),
            maybe("action", STRING, "What to do next about the problems; a detail."),
            there("notes", ARRAY, "What is worth knowing and no problem."));

    private static final List<FieldDescriptor> OF_A_MIGRATION = List.of(
            maybe("version", STRING, "Its version; missing for a repeatable."),
            there("description", STRING, "What its name says."),
            there("kind", STRING, "`versioned`, `repeatable`, `baseline`, `rollback`, `repair` or `restore`."),
            there("script", STRING, "The script's path in its location, or the class's name."),
            maybe("checksum", STRING, "The script's checksum; a detail."),
            there("state", STRING, "`pending`, `running`, `applied`, `failed`, `interrupted` or `skipped`."),
            maybe("installedBy", STRING, "The database role that ran it; a detail."),
            maybe("actor", STRING, "The person who asked for the run over the endpoint; a detail."),
            maybe("instance", STRING, "Host, process id and application of the instance that ran it; a detail."),
            maybe("runId", STRING, "What those share that were run together."),
            maybe("startedAt", STRING, "When it was started, by the database's clock."),
            maybe("durationMs", NUMBER, "How long it took, in milliseconds."),
            maybe("error", STRING, "Why it failed; its words are a detail."),
            maybe("reason", STRING, "Why it was skipped; its words are a detail."),
            maybe("statementsDone", NUMBER, "How many of its statements are done."),
            maybe("statementsTotal", NUMBER, "How many it had when it was run; 0 for one in Java."),
            maybe("backup", STRING, "The backup that was taken before it; a detail."),
            maybe("rollback", STRING, "The script that takes it back, where one is found."),
            maybe("observed", OBJECT, "What was seen while it ran, where something took a second or longer."),
            there("observed.attempts", NUMBER, "How often it was tried; 1 where the first attempt succeeded."),
            there("observed.waits", ARRAY, "Whom its last attempts waited for; empty for who may not see details."),
            inEach("observed.waits[].whom", STRING, "The session's process id, and what it calls itself."),
            inEach("observed.waits[].ms", NUMBER, "How long it was seen to wait for them, in milliseconds."),
            there("observed.statements", ARRAY, "The statements that were seen to take a second or longer."),
            inEach("observed.statements[].statement", NUMBER, "The statement's number, from 1."),
            maybe("observed.statements[].line", NUMBER, "Its first line in the script."),
            inEach("observed.statements[].ms", NUMBER, "How long it took, in milliseconds."));

    private static final List<FieldDescriptor> OF_WHAT_RUNS = List.of(
            there(
                    "phase",
                    STRING,
                    "What the run is doing: `connecting`, `waiting_for_lock`, `backing_up` or `running`."),
            maybe("detail", STRING, "Whom it waits for, say; a detail."),
            maybe("actor", STRING, "The person who asked for the run over the endpoint; a detail."),
            there("startedAt", STRING, "When the run began, by this instance's clock."),
            there("phaseMs", NUMBER, "How long this phase has lasted, in milliseconds."),
            maybe("version", STRING, "The version of the migration that runs; missing for a repeatable."),
            maybe("script", STRING, "Its script; missing outside of any migration."),
            maybe("step", NUMBER, "Its number in this run, from 1."),
            maybe("steps", NUMBER, "How many migrations this run has."),
            maybe("statement", NUMBER, "The statement that runs, from 1."),
            maybe("statements", NUMBER, "How many statements the migration has."),
            maybe("line", NUMBER, "The statement's first line in the script."),
            maybe("text", STRING, "How the statement begins; a detail."),
            there("elapsedMs", NUMBER, "How long the migration has run (outside of any: the run), in milliseconds."),
            maybe("statementMs", NUMBER, "How long the statement has run, in milliseconds."),
            maybe("rows", NUMBER, "How many rows the statement has read in (`COPY`)."),
            maybe("server", OBJECT, "How far it is by PostgreSQL's own account, its views `pg_stat_progress_…`."),
            there("server.command", STRING, "`CREATE INDEX`, `COPY FROM`, `VACUUM`, …"),
            maybe("server.phase", STRING, "What the command is doing, in PostgreSQL's words."),
            there("server.done", NUMBER, "How much of this phase is done."),
            maybe("server.total", NUMBER, "How much there is to do in this phase."),
            there("server.unit", STRING, "What is counted: `blocks`, `rows`, `bytes` or `sessions`."),
            maybe("server.percent", NUMBER, "The same as a percentage of this phase."),
            maybe(
                    "estimateMs",
                    NUMBER,
                    "How long the migration took before, in milliseconds: in this database's history, or in that of"
                            + " another schema."),
            there("attempt", NUMBER, "1, or more after retries."),
            there("retries", NUMBER, "How often anything was tried again in this run."),
            maybe("stepPercent", NUMBER, "How far the migration is; missing where nothing tells."),
            maybe("runPercent", NUMBER, "How far the run is."),
            there("blockers", ARRAY, "Other sessions that keep the migration waiting, and those that these wait for."),
            inEach("blockers[].pid", NUMBER, "The session's process id on the server."),
            maybe("blockers[].application", STRING, "What the session calls itself; a detail."),
            maybe("blockers[].state", STRING, "`active`, `idle in transaction`, …"),
            maybe("blockers[].ageMs", NUMBER, "How long its transaction has lasted, in milliseconds."),
            maybe("blockers[].query", STRING, "What it runs, or ran last, where the role may see it; a detail."),
            inEach("blockers[].waitsFor", ARRAY, "The process ids of those that it waits for itself."));

    private static final List<FieldDescriptor> OF_DETAILS = List.of(
            there(
                    "script",
                    STRING,
                    "The script that they are about: a version may have several, in several locations."),
            there("history", ARRAY, "What was recorded of it, the oldest first; each with the fields of a migration."),
            maybe("sql", STRING, "The script's text; missing for a migration in Java, and where it is not found here."),
            there("cut", BOOLEAN, "Whether the script is longer than that."),
            there("statements", ARRAY, "The statements of that text."),
            inEach("statements[].number", NUMBER, "The statement's number, from 1."),
            inEach("statements[].line", NUMBER, "Its first line."),
            inEach("statements[].start", STRING, "How it begins."),
            maybe("statements[].ms", NUMBER, "How long it took the last time, in milliseconds, where that was seen."),
            maybe("rollbackScript", STRING, "The script that takes it back."),
            maybe("rollbackSql", STRING, "That script's text."));

    private static final List<FieldDescriptor> OF_AN_OPERATION = List.of(
            there("operation", STRING, "The operation that was asked for."),
            maybe("migrator", STRING, "The bean's name; missing where none was found."),
            there("message", STRING, "What was done, or why nothing was."),
            maybe("state", STRING, "The migrator's state by now."),
            maybe("current", OBJECT, "What runs now, with the same fields as above."),
            maybe("problems", ARRAY, "What `validate` found, for who may see details."),
            there("problems[].kind", STRING, "What kind of problem it is: `CHANGED`, `MISSING`, `UNKNOWN_FILE`, …"),
            maybe("problems[].script", STRING, "The script that it is about."),
            there("problems[].message", STRING, "What is wrong."),
            there("problems[].action", STRING, "What to do about it."));

    private static final List<FieldDescriptor> OF_AN_ERROR = List.of(
            there("timestamp", STRING, "When it was refused."),
            there("status", NUMBER, "The status once more."),
            there("error", STRING, "What the status is called."),
            there("path", STRING, "What was asked for."));

    private Fields() {}

    /** Of the answer about migrations. */
    static List<FieldDescriptor> ofMigrations() {
        return joined(Stream.of(
                ENVELOPE,
                applyPathPrefix(MIGRATOR, OF_A_MIGRATOR),
                applyPathPrefix(MIGRATOR + "migrations[].", OF_A_MIGRATION),
                applyPathPrefix(MIGRATOR + "current.", OF_WHAT_RUNS),
                applyPathPrefix(MIGRATOR + "details[].", OF_DETAILS),
                applyPathPrefix(MIGRATOR + "details[].history[].", OF_A_MIGRATION)));
    }

    /** Of the answer to an operation. */
    static List<FieldDescriptor> ofAnOperation() {
        return joined(Stream.of(OF_AN_OPERATION, applyPathPrefix("current.", OF_WHAT_RUNS)));
    }

    /** Of an answer that is Spring Boot's own. */
    static List<FieldDescriptor> ofAnError() {
        return OF_AN_ERROR;
    }

    private static List<FieldDescriptor> joined(Stream<List<FieldDescriptor>> lists) {
        return lists.flatMap(List::stream).toList();
    }

    private static FieldDescriptor there(String path, JsonFieldType type, String description) {
        return fieldWithPath(path).type(type).description(description);
    }

    /** Is in each element of a list; Spring REST Docs would miss it where the list is empty. */
    private static FieldDescriptor inEach(String path, JsonFieldType type, String description) {
        return maybe(path, type, description).attributes(key("always").value(true));
    }

    private static FieldDescriptor maybe(String path, JsonFieldType type, String description) {
        return there(path, type, description).optional();
    }
}
