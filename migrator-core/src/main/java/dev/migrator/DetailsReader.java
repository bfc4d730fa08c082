package dev.migrator;

import dev.migrator.migration.Migration;
import dev.migrator.migration.Script;
import dev.migrator.run.Standing;
import dev.migrator.sql.OneLine;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.Statement;
import dev.migrator.sql.StatementReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the scripts of single migrations, for those who want to look at them. */
final class DetailsReader {

    private static final Logger LOG = LoggerFactory.getLogger(DetailsReader.class);

    /** Nobody reads more of a script in a browser. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_STATEMENTS = 1000;
    private static final int MAX_START = 120;

    private final Standing standing;
    private final MigratorStatus status;

    private DetailsReader(Standing standing, MigratorStatus status) {
        this.standing = standing;
        this.status = status;
    }

    static List<MigrationDetails> of(Standing standing, MigratorStatus status, String name) {
        DetailsReader reader = new DetailsReader(standing, status);
        return status.migrations().stream()
                .filter(migration -> migration.isCalled(name))
                .map(reader::details)
                .toList();
    }

    /** All of them; a script is read when its turn comes. */
    static Stream<MigrationDetails> all(Standing standing, MigratorStatus status) {
        DetailsReader reader = new DetailsReader(standing, status);
        return status.migrations().stream().map(reader::details);
    }

    private MigrationDetails details(MigrationInfo info) {
        Migration found = standing.plan().migrations().stream()
                .filter(migration -> migration.script().equals(info.script()))
                .findFirst()
                .orElse(null);
        List<MigrationInfo> history =
                status.history().stream().filter(info::isSameAs).toList();
        Text sql = found != null && found.content() instanceof Migration.Sql script ? text(script.script()) : null;
        Migration.Sql rollback = found == null ? null : found.rollback();
        Text back = rollback == null ? null : text(rollback.script());
        return new MigrationDetails(
                info,
                history,
                sql == null ? null : sql.text(),
                sql != null && sql.cut(),
                sql == null ? List.of() : statements(info.script(), sql.text(), times(history)),
                rollback == null ? null : rollback.name(),
                back == null ? null : back.text());
    }

    private record Text(String text, boolean cut) {}

    private static @Nullable Text text(Script script) {
        try (InputStream in = script.source().open()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            boolean cut = bytes.length > MAX_BYTES;
            return new Text(new String(bytes, 0, Math.min(bytes.length, MAX_BYTES), StandardCharsets.UTF_8), cut);
        } catch (IOException e) {
            LOG.debug("{} cannot be read to be shown", script.origin(), e);
            return null;
        }
    }

    /** Those of the last time that any were seen. */
    private static Map<Integer, Long> times(List<MigrationInfo> history) {
        Map<Integer, Long> times = new HashMap<>();
        for (MigrationInfo row : history) {
            if (row.observed() != null) {
                times.clear();
                row.observed().statements().forEach(time -> times.put(time.statement(), time.ms()));
            }
        }
        return times;
    }

    /** As far as they can be told apart: a text that was cut, or is none that runs, is shown all the same. */
    private static List<MigrationDetails.Statement> statements(String script, String sql, Map<Integer, Long> times) {
        List<MigrationDetails.Statement> statements = new ArrayList<>();
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        try (StatementReader reader = new StatementReader(script, new ByteArrayInputStream(bytes))) {
            for (Statement next = reader.next();
                    next != null && statements.size() < MAX_STATEMENTS;
                    next = reader.next()) {
                if (next.number() > 0) {
                    statements.add(new MigrationDetails.Statement(
                            next.number(),
                            next.line(),
                            OneLine.start(next.source(), MAX_START),
                            times.get(next.number())));
                }
            }
        } catch (IOException | ScriptException | IllegalArgumentException e) {
            LOG.debug("The statements of {} cannot be told apart", script, e);
        }
        return statements;
    }
}
