package dev.migrator.migration;

import dev.migrator.sql.Placeholders;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The checksums of scripts, computed one by one by as many threads as come to do so. */
final class Sums {

    private final List<Migration> migrations;
    private final Placeholders placeholders;
    private final Object[] results;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Of these.
     *
     * @param migrations in SQL, without their checksums
     */
    Sums(List<Migration> migrations, Placeholders placeholders) {
        this.migrations = migrations;
        this.placeholders = placeholders;
        this.results = new Object[migrations.size()];
    }

    /** Computes what no thread has begun with; what others have begun with may not be done when it returns. */
    void compute() {
        if (next.get() >= results.length) {
            return;
        }
        ScriptChecksum checksums = new ScriptChecksum(placeholders);
        for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
            Migration migration = migrations.get(i);
            Migration.Sql sql = (Migration.Sql) migration.content();
            try {
                results[i] = migration.repeatable()
                        ? checksums.ofRepeatable(sql.script(), sql.conf())
                        : checksums.ofVersioned(sql.script());
            } catch (IOException e) {
                results[i] = e;
            }
        }
    }

    /**
     * The migration with its checksum; to be asked when all threads have returned.
     *
     * @throws IOException why its script could not be read
     */
    Migration get(int index) throws IOException {
        Object result = results[index];
        if (result instanceof IOException e) {
            throw e;
        }
        return migrations.get(index).summedUp((String) result);
    }
}
