package dev.migrator.create;

import dev.migrator.create.CreateRequest.JavaSources;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a new migration: its name is the next one in the form of the project's newest, its text a template's. No file
 * is ever overwritten.
 */
public final class NewMigration {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final CreateRequest request;
    private final Clock clock;
    private final Templates templates;

    private NewMigration(CreateRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
        this.templates = new Templates(request.templateDirectory());
    }

    /**
     * Writes it.
     *
     * @param clock for versions that are times; they are in UTC, so that they rise whoever writes them
     * @throws CreateException why nothing was written
     */
    public static CreatedMigration write(CreateRequest request, Clock clock) {
        return new NewMigration(request, clock).write();
    }

    private CreatedMigration write() {
        Path directory = request.directory();
        requireFolder(directory, "of migrations");
        JavaSources sources = request.sources();
        if (sources != null) {
            requireFolder(sources.directory(), "of Java sources");
        } else if (request.java()) {
            throw new CreateException(
                    "There is no folder of Java sources: src/main/java does not exist here.",
                    "Begin in the project's folder, or say with --java-directory where they are.");
        }
        String template = templates.migration(request.template(), request.java());
        Words words = Words.of(request.description());
        try {
            return DirectoryLock.holding(directory, LONGEST_WAIT, () -> {
                ExistingNames existing = ExistingNames.in(directory, sources);
                return request.java() && sources != null
                        ? writeClass(existing, words, template, sources)
                        : writeScript(existing, words, template);
            });
        } catch (InvalidPathException e) {
            throw new CreateException(
                    "The words of '" + TemplateText.oneLine(request.description())
                            + "' cannot be part of a file's name here: " + e.getReason() + ".",
                    "Set a locale with UTF-8, as LC_ALL=C.UTF-8, or describe it in ASCII.",
                    e);
        }
    }

    private CreatedMigration writeScript(ExistingNames existing, Words words, String template) {
        NextName name = NextName.ofScript(existing, words, request.timestamp(), now());
        String script = name.form().script(name.stem());
        Map<String, String> variables = variables(name.version(), words, script);
        Map<Path, String> texts = new LinkedHashMap<>();
        texts.put(request.directory().resolve(script), TemplateText.fill(template, variables));
        if (request.rollback()) {
            texts.put(
                    request.directory().resolve(name.form().rollback(name.stem())),
                    TemplateText.fill(templates.rollback(request.template()), variables));
        }
        NewFiles.write(texts);
        return new CreatedMigration(name.version(), List.copyOf(texts.keySet()));
    }

    private CreatedMigration writeClass(ExistingNames existing, Words words, String template, JavaSources sources) {
        NextName name = NextName.ofClass(existing, words, request.timestamp(), now());
        JavaPackage javaPackage = JavaPackage.of(sources.packageName(), existing.packageOfClass());
        String className = "V" + name.stem();
        Map<String, String> variables = variables(name.version(), words, className);
        variables.put("package", javaPackage.name());
        variables.put("class", className);
        Path file = javaPackage.in(sources.directory()).resolve(className + Templates.JAVA);
        NewFiles.write(
                Map.of(file, TemplateText.fill(TemplateText.withRollback(template, request.rollback()), variables)));
        return new CreatedMigration(name.version(), List.of(file));
    }

    private Map<String, String> variables(String version, Words words, String script) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("description", TemplateText.oneLine(request.description()));
        variables.put("name", words.like(""));
        variables.put("version", version);
        variables.put("script", script);
        variables.put("date", LocalDate.now(clock.withZone(ZoneOffset.UTC)).toString());
        return variables;
    }

    private LocalDateTime now() {
        return LocalDateTime.now(clock.withZone(ZoneOffset.UTC));
    }

    private static void requireFolder(Path folder, String what) {
        if (!Files.isDirectory(folder)) {
            throw new CreateException(
                    "The folder " + what + " " + folder + " does not exist, or is no folder.",
                    "Make it, or name another one.");
        }
    }
}
