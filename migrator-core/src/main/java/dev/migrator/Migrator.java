package dev.migrator;

import dev.migrator.migration.JavaMigration;
import dev.migrator.plan.Problem;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.MigrationReport;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Draft of the face; the body follows. */
public final class Migrator {

    private Migrator() {}

    public static Builder builder(DataSource dataSource) {
        return new Builder();
    }

    public MigrationReport migrate() {
        throw new UnsupportedOperationException();
    }

    public MigratorStatus status() {
        throw new UnsupportedOperationException();
    }

    public MigratorStatus snapshot() {
        throw new UnsupportedOperationException();
    }

    public List<Problem> validate() {
        throw new UnsupportedOperationException();
    }

    public MigrationReport baseline() {
        throw new UnsupportedOperationException();
    }

    public static final class Builder {
        private Builder() {}

        public Builder locations(String... locations) {
            return this;
        }

        public Builder classLoader(ClassLoader classLoader) {
            return this;
        }

        public Builder schema(@Nullable String schema) {
            return this;
        }

        public Builder table(String table) {
            return this;
        }

        public Builder target(@Nullable String version) {
            return this;
        }

        public Builder outOfOrder(boolean allowed) {
            return this;
        }

        public Builder baselineOnMigrate(boolean enabled) {
            return this;
        }

        public Builder baselineVersion(String version) {
            return this;
        }

        public Builder baselineDescription(String description) {
            return this;
        }

        public Builder javaMigrations(Collection<? extends JavaMigration> migrations) {
            return this;
        }

        public Builder lockMaxWait(Duration maxWait) {
            return this;
        }

        public Builder lockTimeout(Duration timeout) {
            return this;
        }

        public Builder statementTimeout(@Nullable Duration timeout) {
            return this;
        }

        public Builder retry(int maxAttempts, Duration initialDelay, Duration maxDelay) {
            return this;
        }

        public Builder application(String name) {
            return this;
        }

        public Builder listener(MigrationListener listener) {
            return this;
        }

        public Migrator build() {
            return new Migrator();
        }
    }
}
