package dev.migrator.cli;

import dev.migrator.create.CreateException;
import dev.migrator.create.CreatedMigration;
import dev.migrator.create.NewMigration;
import dev.migrator.create.ProjectFolders;
import dev.migrator.create.Template;
import dev.migrator.create.Templates;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.ExitCode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the next migration's files. The only command that needs no database. */
@Command(
        name = "create",
        description = "Writes the next migration, and its rollback, from a template; overwrites nothing.")
final class CreateCommand implements Callable<Integer> {

    private final Shell shell;
    private final ProjectFolders project;

    @Parameters(
            paramLabel = "<description>",
            arity = "0..*",
            description = "what the migration does, as \"Add user avatar\"")
    private List<String> description = List.of();

    @Option(names = "--list-templates", description = "shows the templates, and writes nothing")
    private boolean listTemplates;

    @Mixin
    private final CreateOptions options = new CreateOptions();

    @Option(names = "--json", description = "answers with one JSON object on standard output, also for a failure")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    CreateCommand(Shell shell, Path workingDirectory) {
        this.shell = shell;
        this.project = new ProjectFolders(workingDirectory);
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (description.isEmpty() && !listTemplates) {
            throw new ParameterException(line, "Missing required parameter: '<description>'");
        }
        try {
            Answer answer = listTemplates ? templates() : create();
            shell.out().println(json ? JsonWriter.write(answer.json()) : answer.text());
            return ExitCode.DONE.value();
        } catch (CreateException e) {
            return tell(e, line);
        }
    }

    private Answer create() {
        CreatedMigration created =
                NewMigration.write(options.request(String.join(" ", description), project), Clock.systemUTC());
        return new Answer(
                created.files().stream().map(Path::toString).collect(Collectors.joining(System.lineSeparator())),
                CreatedDescriptor.of(created));
    }

    private Answer templates() {
        List<Template> templates = new Templates(options.templates(project)).list();
        int width =
                templates.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        String text = templates.stream()
                .map(each -> (each.name() + " ".repeat(width - each.name().length()) + "  " + each.summary())
                        .stripTrailing())
                .collect(Collectors.joining(System.lineSeparator()));
        return new Answer(text, TemplatesDescriptor.of(templates));
    }

    private int tell(CreateException e, CommandLine line) {
        ConfigurationException failure =
                new ConfigurationException(e.description(), "it was not asked, and is as it was.", e.action(), e);
        FailureDescriptor descriptor = FailureDescriptor.of(failure, new OptionWords(line.getCommandSpec()));
        if (json) {
            shell.out().println(JsonWriter.write(descriptor));
        } else {
            shell.err().println(descriptor.text());
        }
        return failure.exitCode().value();
    }
}
