package dev.migrator.create;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The templates that there are: those that come with Migrator, and those of a folder, which go before others of the
 * same name. A template {@code NAME} is a script {@code NAME.sql} with its {@code NAME.rollback.sql}, or a class {@code
 * NAME.java}.
 */
public final class Templates {

    static final String SQL = ".sql";

    static final String ROLLBACK = ".rollback.sql";

    static final String JAVA = ".java";

    /** A jar cannot be asked for its folders' files in a way that works everywhere. */
    static final List<String> BUILT_IN =
            List.of("default", "add-column", "table", "index", "foreign-key", "not-null", "data", "enum-value");

    private final @Nullable Path directory;

    /**
     * Makes the templates known.
     *
     * @param directory where those of one's own are; null for none
     * @throws CreateException if it is no folder
     */
    public Templates(@Nullable Path directory) {
        if (directory != null && !Files.isDirectory(directory)) {
            throw new CreateException(
                    "The folder of templates " + directory + " does not exist, or is no folder.",
                    "Name a folder that holds NAME.sql, or leave it out.");
        }
        this.directory = directory;
    }

    /** All of them, those of one's own behind those that come with Migrator. */
    public List<Template> list() {
        return names().map(name -> new Template(name, summary(name))).toList();
    }

    private Stream<String> names() {
        TreeSet<String> own = new TreeSet<>();
        if (directory != null) {
            try (Stream<Path> files = Files.list(directory)) {
                files.map(file -> Objects.toString(file.getFileName()))
                        .filter(file -> !file.startsWith("."))
                        .filter(file -> file.endsWith(JAVA) || file.endsWith(SQL) && !file.endsWith(ROLLBACK))
                        .forEach(file -> own.add(file.substring(0, file.lastIndexOf('.'))));
            } catch (IOException e) {
                throw unreadable(directory, e);
            }
        }
        BUILT_IN.forEach(own::remove);
        return Stream.concat(BUILT_IN.stream(), own.stream());
    }

    private String summary(String name) {
        String text = read(name + SQL);
        String source = text == null ? read(name + JAVA) : text;
        return source == null ? "" : TemplateText.summary(source);
    }

    /** The text of {@code NAME.sql}, or of the {@code NAME.java} if a class is wanted. */
    String migration(String name, boolean java) {
        String text = isName(name) ? read(name + (java ? JAVA : SQL)) : null;
        if (text != null) {
            return text;
        }
        String known =
                names().filter(each -> read(each + (java ? JAVA : SQL)) != null).collect(Collectors.joining(", "));
        throw new CreateException(
                "There is no template '" + TemplateText.oneLine(name) + "' of a " + (java ? "Java class" : "script")
                        + ".",
                "Choose one of these: " + known + ".");
    }

    /** The text of {@code NAME.rollback.sql}, or, where a template has none, one that refuses until it is written. */
    String rollback(String name) {
        String text = read(name + ROLLBACK);
        return text != null ? text : Objects.requireNonNull(builtIn(CreateRequest.DEFAULT_TEMPLATE + ROLLBACK));
    }

    /** A name leads into no other folder. */
    private static boolean isName(String name) {
        return !name.isEmpty() && !name.startsWith(".") && name.indexOf('/') < 0 && name.indexOf('\\') < 0;
    }

    /** A whole template is of one place: an own script does not get the rollback that comes with Migrator. */
    private @Nullable String read(String file) {
        if (directory == null || !isOwn(file.substring(0, file.indexOf('.')))) {
            return builtIn(file);
        }
        Path path = directory.resolve(file);
        try {
            return Files.isRegularFile(path) ? Files.readString(path) : null;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private boolean isOwn(String name) {
        return directory != null
                && (Files.exists(directory.resolve(name + SQL)) || Files.exists(directory.resolve(name + JAVA)));
    }

    private static @Nullable String builtIn(String file) {
        try (InputStream in = Templates.class.getResourceAsStream("templates/" + file)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CreateException unreadable(Path path, IOException e) {
        return new CreateException(
                "The template " + path + " cannot be read: " + e, "Mend it, in UTF-8, or choose another one.", e);
    }
}
