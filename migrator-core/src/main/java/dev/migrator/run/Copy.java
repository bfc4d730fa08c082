package dev.migrator.run;

import dev.migrator.postgres.CopyIn;
import dev.migrator.sql.Statement;
import dev.migrator.sql.StatementReader;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;

/** Streams the data of a COPY … FROM STDIN from the script to the server. */
final class Copy {

    private Copy() {}

    /**
     * Streams them.
     *
     * @param total how many statements the script has
     */
    static void run(Work work, Failures failures, String script, int total, Statement statement, StatementReader reader)
            throws StepFailure {
        if (work.cancellation().mustStop()) {
            throw failures.cancelled();
        }
        work.progress().sent(failures.inFlight(script, List.of(statement), total));
        try (InputStream data = reader.copyData()) {
            CopyIn.run(work.session().connection(), statement.text(), data, Notices::log);
        } catch (SQLException e) {
            throw failures.of(statement, e);
        } catch (IOException e) {
            throw failures.of(e);
        } finally {
            work.progress().answered();
        }
    }
}
