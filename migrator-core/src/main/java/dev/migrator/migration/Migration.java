package dev.migrator.migration;

import org.jspecify.annotations.Nullable;

/**
 * Something that can be run: found in a location, or given as Java.
 *
 * @param version null for a repeatable
 * @param description the name's words
 * @param checksum null where it has none (Java migrations may have none)
 * @param content what to run
 * @param rollback the script that takes it back, or null
 */
public record Migration(
        @Nullable Version version,
        String description,
        @Nullable String checksum,
        Content content,
        @Nullable Sql rollback) {

    /** The same, with its checksum. */
    public Migration summedUp(String sum) {
        return new Migration(version, description, sum, content, rollback);
    }

    /** What to run. */
    public sealed interface Content {

        /** The script's path in its location, or the class's name. */
        String name();

        /** Where it is from, for messages. */
        String origin();
    }

    /**
     * A script.
     *
     * @param conf what stands about it in a file beside it
     */
    public record Sql(Script script, ScriptConf conf) implements Content {

        /** A script with nothing beside it. */
        public Sql(Script script) {
            this(script, ScriptConf.NONE);
        }

        @Override
        public String name() {
            return script.path();
        }

        @Override
        public String origin() {
            return script.origin();
        }
    }

    /** A Java migration. */
    public record Java(JavaMigration migration) implements Content {

        /** The class's name, without the suffix that a proxy's class has. */
        @Override
        public String name() {
            return className(migration);
        }

        static String className(JavaMigration migration) {
            String name = migration.getClass().getName();
            int proxy = name.indexOf("$$");
            return proxy < 0 ? name : name.substring(0, proxy);
        }

        @Override
        public String origin() {
            return name();
        }

        /** Whether the class has a {@code rollback} of its own; that of a proxy's class says nothing. */
        public boolean reversible() {
            Class<?> type = migration.getClass();
            while (type.getName().contains("$$")
                    && type.getSuperclass() != null
                    && JavaMigration.class.isAssignableFrom(type.getSuperclass())) {
                type = type.getSuperclass();
            }
            try {
                return type.getMethod("rollback", MigrationContext.class).getDeclaringClass() != JavaMigration.class;
            } catch (NoSuchMethodException e) {
                return false;
            }
        }
    }

    /** The script's path in its location, or the class's name. */
    public String script() {
        return content.name();
    }

    /** Whether it runs again whenever its checksum changes. */
    public boolean repeatable() {
        return version == null;
    }
}
