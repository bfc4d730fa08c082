package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back, as a person walks it in a shell. */
class BackupCommandTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private static InstalledPostgres server;

    @TempDir
    private Path folder;

    private String database;

    @BeforeAll
    static void start() {
        server = InstalledPostgres.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void aShopWithBooks() {
        database = "shop" + COUNTER.incrementAndGet();
        server.createDatabase(database);
        new Scripts(folder.resolve("scripts")).with("V1__books.sql", "create table books (id int, title text);");
        assertThat(migrate().code()).isZero();
        server.execute(database, "insert into books values (1, 'Emma'), (2, 'Persuasion')");
    }

    private Command command(String... words) {
        return new Command(words)
                .with("--url", server.url(database), "--user", "postgres")
                .with("--backup-directory", folder.resolve("backups").toString());
    }

    private Result migrate(String... more) {
        return command("migrate")
                .with("--location", folder.resolve("scripts").toString())
                .with(more)
                .run();
    }

    private List<String> titles() {
        return server.column(database, "select title from books order by id");
    }

    @Test
    void aBackupIsTakenListedTriedOutAndRestored() {
        Result taken = command("backup").run();
        assertThat(taken.code()).as(taken.err()).isZero();
        assertThat(taken.out())
                .containsPattern("The backup is \\S+/" + database
                        + "-by-hand-\\d{8}-\\d{6}\\.dump, [\\d.]+ kB, after \\d+ ms\\.")
                .contains("To go back to it: restore ");

        Result listed = command("backup", "list").run();
        assertThat(listed.out()).containsPattern("by-hand +[\\d.]+ kB +custom +\\S+\\.dump");

        server.execute(database, "delete from books where id = 2");
        Result tried = command("backup", "verify", "latest").run();
        assertThat(tried.code()).as(tried.err()).isZero();
        assertThat(tried.out()).contains("can be restored: 2 tables, 3 rows");

        Result restored = command("restore", "latest")
                .at(new Person(prompt -> {
                    assertThat(prompt).isEqualTo("Restore? [y/N] ");
                    return "y";
                }))
                .run();
        assertThat(restored.code()).as(restored.err()).isZero();
        assertThat(restored.out())
                .contains("The database " + database + " is replaced by the dump ")
                .contains("What came after that is not in it.")
                .contains(database + " is restored from ")
                .contains("and stands at version 1.")
                .contains("DROP DATABASE \"" + database + "_before_restore_");
        assertThat(titles()).containsExactly("Emma", "Persuasion");
    }

    @Test
    void aBackupBeforeMigrationsIsSaidAndNamedByAFailure() {
        new Scripts(folder.resolve("scripts")).with("V2__broken.sql", "drop table books; broken;");

        Result failed = migrate();

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).contains("Backed up to " + folder.resolve("backups"));
        assertThat(failed.err())
                .contains("The backup taken before this run: ")
                .contains("where this run began: restore ");
    }

    @Test
    void aBackupThatIsRequiredAndCannotBeTakenKeepsEverythingFromRunning() {
        new Scripts(folder.resolve("scripts")).with("V2__more.sql", "create table more (id int);");

        Result failed = migrate("--backup-mode", "required", "--backup-programs", folder.toString());

        assertThat(failed.code()).isEqualTo(6);
        assertThat(failed.err())
                .contains("No backup can be taken, and there should be one: there is no pg_dump in " + folder)
                .contains("nothing was run")
                .contains("--backup-programs")
                .contains("--backup-mode=off");
        assertThat(migrate("--backup-mode", "auto", "--backup-max-size", "1KB").out())
                .contains("No backup is taken: the database has ")
                .contains("more than 1.0 kB");
    }

    @Test
    void whoIsConnectedIsNamedAndTheDatabaseIsLeftAlone() throws SQLException {
        command("backup").run();
        try (Connection other = server.dataSource(database).getConnection()) {
            Result refused = command("restore", "latest", "--yes").run();

            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("--terminate");
            assertThat(other.isValid(5)).isTrue();
        }
    }

    @Test
    void aRestoreThatIsNotAgreedToDoesNothing() {
        command("backup").run();
        server.execute(database, "delete from books");

        assertThat(command("restore", "latest").run().code()).isEqualTo(2);
        assertThat(command("restore", "latest")
                        .at(new Person(prompt -> "n"))
                        .run()
                        .code())
                .isEqualTo(2);
        assertThat(titles()).isEmpty();
    }

    @Test
    void theLatestIsTheOneThatWasShownWhateverComesWhileAPersonThinks() {
        command("backup").run();
        server.execute(database, "delete from books");

        Result restored = command("restore", "latest")
                .at(new Person(prompt -> {
                    assertThat(command("backup").run().code()).isZero();
                    return "y";
                }))
                .run();

        assertThat(restored.code()).as(restored.err()).isZero();
        assertThat(titles()).containsExactly("Emma", "Persuasion");
    }

    @Test
    void theAnswersAreJsonTooAndNothingElse() {
        assertThat(command("backup", "--json").run().json().get("state").asString())
                .isEqualTo("succeeded");
        assertThat(command("backup", "list", "--json")
                        .run()
                        .json()
                        .get("backups")
                        .size())
                .isEqualTo(1);
        assertThat(command("backup", "verify", "latest", "--json")
                        .run()
                        .json()
                        .get("tables")
                        .asInt())
                .isEqualTo(2);
        Result restored =
                command("restore", "latest", "--yes", "--drop-old", "--json").run();
        assertThat(restored.json().get("database").asString()).isEqualTo(database);
        assertThat(restored.json().get("keptAs")).isNull();
    }

    @Test
    void whereThereIsNoBackupItIsSaid() {
        assertThat(command("backup", "list").run().out()).contains("There is no backup.");
        Result none = command("restore", "latest", "--yes").run();
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err())
                .contains("There is no backup of the database " + database)
                .contains("--backup-directory");
    }
}
