package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Requirement;
import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** By the ways that lead to a server, one that listens at all of them and can be stopped. */
class WaysToConnectTest {

    private static InstalledPostgres server;
    private static Path certificate;
    private static boolean hasIPv6;
    private static int databases;

    @TempDir
    private Path folder;

    private String database;

    @BeforeAll
    static void startServer() {
        hasIPv6 = hasIPv6();
        server = InstalledPostgres.start(
                "listen_addresses = '127.0.0.1" + (hasIPv6 ? ",::1" : "") + "'", "wal_level = replica");
        server.shutDown("fast");
        certificate = server.encrypt();
        server.askForPassword("guarded");
        server.startUp();
        server.execute("postgres", "CREATE ROLE guarded LOGIN PASSWORD 'right'");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeScript() {
        database = "ways_" + ++databases;
        server.createDatabase(database);
        new Scripts(folder).with("V1__t.sql", "CREATE TABLE t (id int);");
    }

    private MigratorBuilder migrator(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        return Migrator.builder(dataSource).locations("filesystem:" + folder);
    }

    private String url(String host, String parameters) {
        return "jdbc:postgresql://" + host + ":" + server.port() + "/" + database + "?" + parameters;
    }

    @Test
    void theHostMayBeAnIPv6Address() {
        Requirement.that(hasIPv6, "this machine has no ::1");

        assertThat(migrator(url("[::1]", "user=postgres")).build().migrate().applied())
                .hasSize(1);
    }

    private static boolean hasIPv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatIsSentMayBeEncryptedAndTheServerKnownByItsCertificate() throws IOException {
        Path known = Files.write(folder.resolve("root.crt"), Files.readAllBytes(certificate));

        assertThat(migrator(url("127.0.0.1", "user=postgres&sslmode=require"))
                        .build()
                        .migrate()
                        .applied())
                .hasSize(1);
        assertThat(migrator(url("127.0.0.1", "user=postgres&sslmode=verify-full&sslrootcert=" + known))
                        .build()
                        .migrate()
                        .applied())
                .isEmpty();
    }

    @Test
    void anUnknownCertificateIsSaidAtOnce() throws IOException {
        Path other = Files.writeString(folder.resolve("root.crt"), "");

        DatabaseUnreachableException failure = catchThrowableOfType(DatabaseUnreachableException.class, () -> migrator(
                        url("127.0.0.1", "user=postgres&sslmode=verify-full&sslrootcert=" + other))
                .connectTimeout(Duration.ofHours(1))
                .build()
                .migrate());

        assertThat(failure).hasMessageContaining("No connection to the database could be had");
    }

    @Test
    void aWrongPasswordIsSaidAtOnceAndNotShown() {
        DatabaseUnreachableException failure = catchThrowableOfType(
                DatabaseUnreachableException.class, () -> migrator(url("127.0.0.1", "user=guarded&password=s3cret"))
                        .connectTimeout(Duration.ofHours(1))
                        .build()
                        .migrate());

        assertThat(failure)
                .hasMessageContaining("password authentication failed for user \"guarded\"")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aServerThatIsStartingIsWaitedFor() {
        server.shutDown("immediate");
        CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(
                () -> migrator(url("127.0.0.1", "user=postgres")).build().migrate());
        server.startUp();

        assertThat(run.orTimeout(1, TimeUnit.MINUTES).join().applied()).hasSize(1);
    }

    @Test
    void aStandbyIsRefusedWithTheWayToThePrimary() {
        try (InstalledPostgres standby = server.standby()) {
            String both = "jdbc:postgresql://127.0.0.1:" + standby.port() + ",127.0.0.1:" + server.port() + "/"
                    + database + "?user=postgres";

            assertThat(catchThrowableOfType(
                            ConfigurationException.class,
                            () -> migrator(both).build().migrate()))
                    .hasMessageContaining("can only be read here: the server is a standby")
                    .hasMessageContaining("targetServerType=primary");
            assertThat(migrator(both + "&targetServerType=primary")
                            .build()
                            .migrate()
                            .applied())
                    .hasSize(1);
        }
    }
}
