package dev.migrator.migration;

import dev.migrator.sql.Placeholders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of every location. The scripts' checksums are computed by as many threads as come to do so. */
public final class Reading {

    private final List<Location> locations;
    private final List<JavaMigration> javaMigrations;
    private final ClassLoader loader;
    private final Listing listing;
    private final List<Found.Issue> issues;
    private final List<Migration> unsummed = new ArrayList<>();
    private final Sums sums;
    private final List<Migration> migrations = new ArrayList<>();

    // no lambda where every start comes by: each costs a cold JVM a class that it has to make
    /** Finds the files, and reads what stands about scripts beside them. Any thread may, for no code of a user's is called. */
    Reading(
            List<Location> locations,
            List<JavaMigration> javaMigrations,
            ClassLoader loader,
            Placeholders placeholders) {
        this.locations = locations;
        this.javaMigrations = javaMigrations;
        this.loader = loader;
        this.listing = Listing.of(locations, loader);
        this.issues = listing.issues();
        for (Listing.NamedScript named : listing.scripts()) {
            addSql(named);
        }
        this.sums = new Sums(unsummed, placeholders);
    }

    /** Sums up the scripts; a second thread that comes here meanwhile takes a share of them. */
    public void sumUp() {
        sums.compute();
    }

    /**
     * All that there is, with the Java migrations, which are made and asked in this thread: they may wait for what the caller
     * holds. To be called once, when every thread has {@linkplain #sumUp() summed up}.
     */
    public Found found() {
        addSummed();
        for (JavaMigration migration : javaMigrations) {
            addJava(migration);
        }
        if (!listing.classNames().isEmpty()) {
            addClasses();
        }
        List<Callback> callbacks = listing.callbacks().isEmpty() ? List.of() : callbacks();
        List<String> notes = new ArrayList<>();
        if (migrations.isEmpty() && issues.isEmpty()) {
            notes.add("No migrations were found in " + locations + ".");
        }
        listing.noteWhatIsLeft(notes);
        return new Found(migrations, callbacks, issues, notes);
    }

    private void addSql(Listing.NamedScript named) {
        Version version = named.name().version();
        Script script = named.script();
        try {
            Migration.Sql rollback = rollback(version);
            unsummed.add(new Migration(version, named.name().description(), null, sql(script), rollback));
        } catch (IOException e) {
            addUnreadable(script, e);
        }
    }

    private void addSummed() {
        for (int i = 0; i < unsummed.size(); i++) {
            try {
                migrations.add(sums.get(i));
            } catch (IOException e) {
                addUnreadable(((Migration.Sql) unsummed.get(i).content()).script(), e);
            }
        }
    }

    private void addUnreadable(Script script, IOException e) {
        issues.add(new Found.Issue(
                Found.Issue.Kind.UNREADABLE, script.origin(), script.origin() + " cannot be read: " + e));
    }

    private List<Callback> callbacks() {
        List<Callback> callbacks = new ArrayList<>();
        listing.callbacks().forEach((script, event) -> {
            try {
                callbacks.add(new Callback(event, sql(script)));
            } catch (IOException e) {
                addUnreadable(script, e);
            }
        });
        callbacks.sort(Callback.ORDER);
        return callbacks;
    }

    private Migration.@Nullable Sql rollback(@Nullable Version version) throws IOException {
        Script script = version == null ? null : listing.takeRollback(version);
        return script == null ? null : sql(script);
    }

    /** With the settings that stand in the file beside it. */
    private Migration.Sql sql(Script script) throws IOException {
        Script file = listing.takeConf(script);
        if (file == null) {
            return new Migration.Sql(script, ScriptConf.NONE);
        }
        ScriptConfReader reader = new ScriptConfReader(file);
        ScriptConf conf = reader.read();
        reader.problems()
                .forEach(problem -> issues.add(new Found.Issue(Found.Issue.Kind.CONF, file.origin(), problem + ".")));
        return new Migration.Sql(script, conf);
    }

    /** A class whose object was handed over, as a bean, is the same migration. */
    private void addClasses() {
        javaMigrations.forEach(migration -> listing.classNames().remove(Migration.Java.className(migration)));
        MigrationClasses classes = new MigrationClasses(loader, issues::add);
        for (String className : listing.classNames()) {
            JavaMigration migration = classes.load(className);
            if (migration != null) {
                addJava(migration);
            }
        }
    }

    private void addJava(JavaMigration migration) {
        MigrationName name = MigrationName.ofClass(migration.name());
        if (name == null || name.role() == MigrationName.Role.ROLLBACK) {
            issues.add(new Found.Issue(
                    Found.Issue.Kind.UNKNOWN_NAME,
                    migration.getClass().getName(),
                    "The name '" + migration.name() + "' of the Java migration "
                            + migration.getClass().getName()
                            + " says neither a version nor that it is repeatable."));
            return;
        }
        try {
            migrations.add(new Migration(
                    name.version(),
                    name.description(),
                    migration.checksum(),
                    new Migration.Java(migration),
                    rollback(name.version())));
        } catch (IOException e) {
            issues.add(new Found.Issue(
                    Found.Issue.Kind.UNREADABLE,
                    migration.getClass().getName(),
                    "The settings of its rollback script cannot be read: " + e));
        }
    }
}
