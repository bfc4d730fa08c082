package dev.migrator.migration;

import org.jspecify.annotations.Nullable;

/**
 * A migration written in Java, for what SQL cannot say.
 *
 * <p>The class name gives version and description as a file's name would: {@code V12__Fill_titles} is version 12, "Fill
 * titles"; {@code R__Refresh_cache} is repeatable. Override {@link #name()} to give them otherwise.
 *
 * <p>Migrations are handed over as objects, or found as classes beside the scripts of a {@code classpath:} location; those need
 * a constructor without arguments, which may be private.
 */
public interface JavaMigration {

    /**
     * Does the work.
     *
     * @throws Exception whatever fails; the runner rolls the transaction back and reports it
     */
    void migrate(MigrationContext context) throws Exception;

    /**
     * Takes back what {@link #migrate} did. A migration that does not override this cannot be rolled back, and a rollback that
     * would have to is refused as a whole before anything is touched.
     *
     * @throws Exception whatever fails; the runner rolls the transaction back and reports it
     */
    default void rollback(MigrationContext context) throws Exception {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be rolled back");
    }

    /** The name in Flyway's form, without a suffix: {@code V<version>__<description>} or {@code R__<description>}. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * Whether the runner opens one transaction around {@link #migrate} (and {@link #rollback}), in which the history row is written too. If not, the
     * connection is in autocommit mode, and the migration must be able to run again after a crash.
     */
    default boolean transactional() {
        return true;
    }

    /**
     * What identifies the migration's content, so that a change after it was applied is noticed; null (the default) for "is
     * not checked". A repeatable migration runs again when it changes.
     */
    default @Nullable String checksum() {
        return null;
    }
}
