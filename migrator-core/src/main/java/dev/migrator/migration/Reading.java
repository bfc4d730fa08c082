package dev.migrator.migration;

import dev.migrator.sql.Placeholders;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading of every location: of the files' names at first, then of the scripts, which several threads may share, and at last
 * of the Java migrations.
 */
public final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private final List<Location> locations;
    private final List<JavaMigration> javaMigrations;
    private final ClassLoader loader;
    private final Placeholders placeholders;
    private final List<Migration> unsummed = new ArrayList<>();
    private final List<Migration> migrations = new ArrayList<>();
    private final List<Found.Issue> issues = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<NamedScript> scripts = new ArrayList<>();
    private final Map<Script, CallbackEvent> callbackScripts = new LinkedHashMap<>();
    private final List<Callback> callbacks = new ArrayList<>();
    private final Map<Version, Script> rollbacks = new LinkedHashMap<>();
    private final Set<String> origins = new HashSet<>();
    private final Map<String, Script> confs = new LinkedHashMap<>();
    private final Set<String> classNames = new LinkedHashSet<>();
    private final Consumer<Script> files = new Consumer<>() {

        @Override
        public void accept(Script file) {
            sortFile(file);
        }
    };
    private Location place = Location.DEFAULT;
    private @Nullable Sums sums;

    /** One of what a {@link MigrationFinder} has been told. */
    Reading(
            List<Location> locations,
            List<JavaMigration> javaMigrations,
            ClassLoader loader,
            Placeholders placeholders) {
        this.locations = locations;
        this.javaMigrations = javaMigrations;
        this.loader = loader;
        this.placeholders = placeholders;
    }

    // no lambda where every start comes by: each costs a cold JVM a class that it has to make
    /** Finds the files, and reads what stands about scripts beside them. Any thread may, for no code of a user's is called. */
    public void find() {
        for (Location location : locations) {
            place = location;
            look(location);
        }
        for (NamedScript named : scripts) {
            addSql(named);
        }
        sums = new Sums(unsummed, placeholders);
    }

    /** Sums up the scripts, behind {@link #find()}; a second thread that comes here meanwhile takes a share of them. */
    public void sumUp() {
        Sums known = sums;
        if (known != null) {
            known.compute();
        }
    }

    /**
     * All that there is, with the Java migrations, which are made and asked in this thread: they may wait for what the caller
     * holds. To be called once, when every thread has {@linkplain #sumUp() summed up}.
     */
    public Found found() {
        Sums known = sums;
        if (known != null) {
            addSummed(known);
        }
        for (JavaMigration migration : javaMigrations) {
            addJava(migration);
        }
        if (!classNames.isEmpty()) {
            addClasses();
        }
        if (!callbackScripts.isEmpty()) {
            callbackScripts.forEach(this::addCallback);
            callbacks.sort(Callback.ORDER);
        }
        if (migrations.isEmpty() && issues.isEmpty()) {
            notes.add("No migrations were found in " + locations + ".");
        }
        for (Script script : rollbacks.values()) {
            notes.add("The rollback script " + script.origin() + " belongs to no migration that is found here.");
        }
        for (Script conf : confs.values()) {
            if (!origins.contains(withoutConf(conf.origin()))) {
                notes.add("The file " + conf.origin() + " belongs to no script that is found here.");
            }
        }
        return new Found(migrations, callbacks, issues, notes);
    }

    private void look(Location location) {
        try {
            boolean exists = location.kind() == Location.Kind.CLASSPATH
                    ? new ClasspathScanner(loader).scan(location.path(), files)
                    : DirectoryScanner.scan(new File(location.path()), files);
            if (!exists && !location.equals(Location.DEFAULT)) {
                issues.add(new Found.Issue(
                        Found.Issue.Kind.NO_LOCATION,
                        location.toString(),
                        "The location " + location + " does not exist, or is no folder."));
            }
        } catch (IOException | RuntimeException e) {
            issues.add(new Found.Issue(
                    Found.Issue.Kind.UNREADABLE,
                    location.toString(),
                    "The location " + location + " cannot be read: " + e));
        }
    }

    private void sortFile(Script file) {
        if (place.kind() == Location.Kind.CLASSPATH && file.path().endsWith(MigrationClasses.SUFFIX)) {
            classNames.add(MigrationClasses.className(place, file));
        } else {
            sort(file);
        }
    }

    /** Tells a migration from a rollback script, from what is only a neighbour, and from what is a mistake. */
    private void sort(Script script) {
        String path = script.path();
        if (!isMeant(path)) {
            LOG.debug("{} is no migration", script.origin());
            return;
        }
        if (path.endsWith(ScriptConfReader.SUFFIX)) {
            confs.put(script.origin(), script);
            return;
        }
        if (!origins.add(script.origin())) {
            LOG.debug("{} is in two of the locations", script.origin());
            return;
        }
        MigrationName name = MigrationName.ofScript(path);
        if (name == null) {
            addOther(script);
        } else if (name.role() == MigrationName.Role.ROLLBACK && name.version() != null) {
            addRollback(name.version(), script);
        } else {
            scripts.add(new NamedScript(name, script));
        }
    }

    private void addOther(Script script) {
        CallbackEvent event = CallbackName.event(script.path());
        if (event != null) {
            callbackScripts.put(script, event);
            return;
        }
        String mistake = CallbackName.mistake(script.path(), script.origin());
        issues.add(
                mistake == null
                        ? new Found.Issue(
                                Found.Issue.Kind.UNKNOWN_NAME,
                                script.origin(),
                                "The name of " + script.origin() + " says neither a version nor that it is repeatable.")
                        : new Found.Issue(Found.Issue.Kind.UNKNOWN_CALLBACK, script.origin(), mistake));
    }

    private void addCallback(Script script, CallbackEvent event) {
        try {
            callbacks.add(new Callback(event, new Migration.Sql(script, conf(script))));
        } catch (IOException e) {
            addUnreadable(script, e);
        }
    }

    private void addUnreadable(Script script, IOException e) {
        issues.add(new Found.Issue(
                Found.Issue.Kind.UNREADABLE, script.origin(), script.origin() + " cannot be read: " + e));
    }

    /** A template's name begins with an underscore, a hidden file's or folder's with a dot. */
    private static boolean isMeant(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return (path.toLowerCase(Locale.ROOT).endsWith(".sql") || path.endsWith(ScriptConfReader.SUFFIX))
                && !file.startsWith("_")
                && !path.startsWith(".")
                // Kubernetes mounts a ConfigMap's files a second time below ..data
                && !path.contains("/.");
    }

    private void addRollback(Version version, Script script) {
        Script other = rollbacks.putIfAbsent(version, script);
        if (other != null) {
            issues.add(new Found.Issue(
                    Found.Issue.Kind.DUPLICATE,
                    script.origin(),
                    "Two scripts take back version " + version + ": " + other.origin() + " and " + script.origin()
                            + "."));
        }
    }

    private Migration.@Nullable Sql takeRollback(@Nullable Version version) throws IOException {
        Script script = version == null ? null : rollbacks.remove(version);
        return script == null ? null : new Migration.Sql(script, conf(script));
    }

    private void addSql(NamedScript named) {
        Version version = named.name().version();
        Script script = named.script();
        try {
            Migration.Sql rollback = takeRollback(version);
            Migration.Sql content = new Migration.Sql(script, conf(script));
            unsummed.add(new Migration(version, named.name().description(), null, content, rollback));
        } catch (IOException e) {
            addUnreadable(script, e);
        }
    }

    private void addSummed(Sums known) {
        for (int i = 0; i < unsummed.size(); i++) {
            try {
                migrations.add(known.get(i));
            } catch (IOException e) {
                addUnreadable(((Migration.Sql) unsummed.get(i).content()).script(), e);
            }
        }
    }

    private static String withoutConf(String origin) {
        return origin.substring(0, origin.length() - ".conf".length());
    }

    private ScriptConf conf(Script script) throws IOException {
        Script file = confs.remove(script.origin() + ".conf");
        if (file == null) {
            return ScriptConf.NONE;
        }
        ScriptConfReader reader = new ScriptConfReader(file);
        ScriptConf conf = reader.read();
        reader.problems()
                .forEach(problem -> issues.add(new Found.Issue(Found.Issue.Kind.CONF, file.origin(), problem + ".")));
        return conf;
    }

    /** A class whose object was handed over, as a bean, is the same migration. */
    private void addClasses() {
        javaMigrations.forEach(migration -> classNames.remove(Migration.Java.className(migration)));
        MigrationClasses classes = new MigrationClasses(loader, issues::add);
        for (String className : classNames) {
            JavaMigration migration = classes.load(className);
            if (migration != null) {
                addJava(migration);
            }
        }
    }

    private void addJava(JavaMigration migration) {
        MigrationName name = javaName(migration);
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
                    takeRollback(name.version())));
        } catch (IOException e) {
            issues.add(new Found.Issue(
                    Found.Issue.Kind.UNREADABLE,
                    migration.getClass().getName(),
                    "The settings of its rollback script cannot be read: " + e));
        }
    }

    /** A proxy's class has a suffix behind two dollar signs. */
    private static @Nullable MigrationName javaName(JavaMigration migration) {
        String name = migration.name();
        int proxy = name.indexOf("$$");
        return MigrationName.ofFlyway(proxy < 0 ? name : name.substring(0, proxy));
    }

    private record NamedScript(MigrationName name, Script script) {}
}
