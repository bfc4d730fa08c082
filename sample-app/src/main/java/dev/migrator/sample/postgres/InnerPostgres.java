package dev.migrator.sample.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** A PostgreSQL server of its own, on a free port, that lives as long as the application. */
final class InnerPostgres implements JdbcConnectionDetails, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InnerPostgres.class);

    /** A server that was killed replays its log first. */
    private static final Duration START_WAIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;

    private InnerPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    static InnerPostgres start(DataDirectory directory) {
        directory.prepare();
        try {
            InnerPostgres postgres = new InnerPostgres(EmbeddedPostgres.builder()
                    .setDataDirectory(directory.path())
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(START_WAIT)
                    .start());
            LOG.info("PostgreSQL keeps its data in {} and answers at {}", directory.path(), postgres.getJdbcUrl());
            return postgres;
        } catch (IOException | RuntimeException failure) {
            throw new PostgresNotStartedException(
                    "PostgreSQL does not start in " + directory.path() + ": " + failure.getMessage(),
                    "See what the server says with --logging.level.io.zonky.test=info. As root it starts only where unshare -U "
                            + "is allowed. Or name another server with SPRING_DATASOURCE_URL.",
                    failure);
        }
    }

    @Override
    public String getJdbcUrl() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public String getUsername() {
        return "postgres";
    }

    /** The server listens on this machine only, and trusts whoever asks. */
    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
