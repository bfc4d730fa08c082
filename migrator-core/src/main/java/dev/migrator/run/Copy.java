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

    static void run(Work work, Failures failures, Statement statement, StatementReader reader) throws StepFailure {
        work.progress().sent(new Progress.InFlight("", List.of(statement), 0, System.nanoTime()));
        try (InputStream data = reader.copyData()) {
            CopyIn.run(work.session().connection(), statement.text(), data);
        } catch (SQLException e) {
            throw failures.of(statement, e);
        } catch (IOException e) {
            throw failures.of(e);
        } finally {
            work.progress().answered();
        }
    }
}
