package dev.migrator.cli;

import dev.migrator.run.ExitCode;
import dev.migrator.run.MigratorException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes what a command has to say: as text at once, each under its migrator's name if there are several; as JSON at the end,
 * one object by these names, or the only migrator's own.
 */
final class Answers {

    private final Shell shell;
    private final boolean json;
    private final boolean several;
    private final OptionWords words;
    private final Map<String, Record> objects = new LinkedHashMap<>();
    private ExitCode code = ExitCode.DONE;

    Answers(Shell shell, boolean json, boolean several, OptionWords words) {
        this.shell = shell;
        this.json = json;
        this.several = several;
        this.words = words;
    }

    /** What comes next is of that migrator. */
    void head(String migrator, boolean first) {
        if (several && !json) {
            shell.out().println((first ? "" : "\n") + "== " + migrator + " ==");
        }
    }

    void give(String migrator, Answer answer) {
        objects.put(migrator, answer.json());
        if (!json) {
            shell.out().println(answer.text());
        }
    }

    void fail(String migrator, MigratorException failure) {
        FailureDescriptor descriptor = FailureDescriptor.of(failure, words);
        objects.put(migrator, descriptor);
        if (!json) {
            shell.err().println((several ? migrator + ": " : "") + descriptor.text());
        }
        if (code == ExitCode.DONE) {
            code = failure.exitCode();
        }
    }

    /** Nothing more is to come. */
    void end() {
        if (json) {
            shell.out()
                    .println(
                            several
                                    ? JsonWriter.write(objects)
                                    : JsonWriter.write(
                                            objects.values().iterator().next()));
        }
    }

    /** The first failure's, or that all is done. */
    ExitCode code() {
        return code;
    }
}
