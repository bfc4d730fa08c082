package dev.migrator.migration;

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

/** What the locations hold, by the names of the files alone: no file is opened. */
final class Listing implements Consumer<Script> {

    private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

    private final List<NamedScript> scripts = new ArrayList<>();
    private final Map<Script, CallbackEvent> callbacks = new LinkedHashMap<>();
    private final Map<Version, Script> rollbacks = new LinkedHashMap<>();
    private final Map<String, Script> confs = new LinkedHashMap<>();
    private final Set<String> origins = new HashSet<>();
    private final Set<String> classNames = new LinkedHashSet<>();
    private final List<Found.Issue> issues = new ArrayList<>();
    private Location place = Location.DEFAULT;

    private Listing() {}

    /**
     * Looks into every location.
     *
     * @param loader for those on the class path
     */
    static Listing of(List<Location> locations, ClassLoader loader) {
        Listing listing = new Listing();
        for (Location location : locations) {
            listing.look(location, loader);
        }
        return listing;
    }

    /** The scripts of migrations. */
    List<NamedScript> scripts() {
        return scripts;
    }

    /** The scripts of callbacks, and what each waits for. */
    Map<Script, CallbackEvent> callbacks() {
        return callbacks;
    }

    /** The classes that stand in the locations, with their packages. */
    Set<String> classNames() {
        return classNames;
    }

    /** What cannot be, by the names. */
    List<Found.Issue> issues() {
        return issues;
    }

    /** The rollback script of a version, which belongs to whoever takes it first. */
    @Nullable
    Script takeRollback(Version version) {
        return rollbacks.remove(version);
    }

    /** The file of settings that stands beside a script, which belongs to whoever takes it first. */
    @Nullable
    Script takeConf(Script script) {
        return confs.remove(script.origin() + ScriptConfReader.EXTENSION);
    }

    /** Says of what nobody has taken that it belongs to nothing. */
    void noteWhatIsLeft(List<String> notes) {
        for (Script script : rollbacks.values()) {
            notes.add("The rollback script " + script.origin() + " belongs to no migration that is found here.");
        }
        for (Script conf : confs.values()) {
            String origin = conf.origin();
            if (!origins.contains(origin.substring(0, origin.length() - ScriptConfReader.EXTENSION.length()))) {
                notes.add("The file " + origin + " belongs to no script that is found here.");
            }
        }
    }

    private void look(Location location, ClassLoader loader) {
        place = location;
        try {
            boolean exists = location.kind() == Location.Kind.CLASSPATH
                    ? new ClasspathScanner(loader).scan(location.path(), this)
                    : DirectoryScanner.scan(new File(location.path()), this);
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

    /** Takes a file of the location that is being looked into. */
    @Override
    public void accept(Script file) {
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
            callbacks.put(script, event);
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

    /** A template's name begins with an underscore, a hidden file's or folder's with a dot. */
    private static boolean isMeant(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return (path.toLowerCase(Locale.ROOT).endsWith(".sql") || path.endsWith(ScriptConfReader.SUFFIX))
                && !file.startsWith("_")
                && !path.startsWith(".")
                // Kubernetes mounts a ConfigMap's files a second time below ..data
                && !path.contains("/.");
    }

    /** A script, and what its name says. */
    record NamedScript(MigrationName name, Script script) {}
}
