package dev.migrator.migration;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes Java migrations of the classes that stand in a location on the class path. */
final class MigrationClasses {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationClasses.class);

    static final String SUFFIX = ".class";

    private final ClassLoader loader;
    private final Consumer<Found.Issue> issues;

    MigrationClasses(ClassLoader loader, Consumer<Found.Issue> issues) {
        this.loader = loader;
        this.issues = issues;
    }

    /** The name of the class in a file of a location. */
    static String className(Location location, Script file) {
        String path = location.path() + "/" + file.path();
        return path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
    }

    /** The migration, or null if the class is none, or cannot be made one. */
    @Nullable
    JavaMigration load(String className) {
        String simpleName = className.substring(className.lastIndexOf('.') + 1);
        if (simpleName.indexOf('$') >= 0) {
            LOG.debug("{} is a nested class, and no migration", className);
            return null;
        }
        boolean meant = MigrationName.ofFlyway(simpleName) != null;
        try {
            Class<?> type = Class.forName(className, false, loader);
            return Modifier.isAbstract(type.getModifiers()) ? ignored(className) : make(type, meant);
        } catch (ClassNotFoundException | LinkageError e) {
            return meant ? refused(className, "cannot be loaded: " + e) : ignored(className);
        }
    }

    private @Nullable JavaMigration make(Class<?> type, boolean meant) {
        String name = type.getName();
        if (!JavaMigration.class.isAssignableFrom(type)) {
            return meant ? refused(name, "does not implement " + JavaMigration.class.getName()) : ignored(name);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (JavaMigration) constructor.newInstance();
        } catch (NoSuchMethodException e) {
            return meant ? refused(name, "has no constructor without arguments") : ignored(name);
        } catch (InvocationTargetException e) {
            return refused(name, "cannot be made: " + e.getTargetException());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return refused(name, "cannot be made: " + e);
        }
    }

    private static @Nullable JavaMigration ignored(String className) {
        LOG.debug("{} is no migration", className);
        return null;
    }

    private @Nullable JavaMigration refused(String className, String why) {
        issues.accept(new Found.Issue(
                Found.Issue.Kind.JAVA_CLASS,
                className,
                "The class " + className + " stands among the migrations and " + why + "."));
        return null;
    }
}
