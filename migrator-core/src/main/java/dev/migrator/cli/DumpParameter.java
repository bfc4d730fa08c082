package dev.migrator.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which dump is meant: a file, a folder, or {@code latest}. */
final class DumpParameter {

    private static final String LATEST = "latest";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1", paramLabel = "<file>|latest", description = "the dump; latest for the database's newest")
    private String dump = LATEST;

    /** Null for the newest. */
    @Nullable
    Path file() {
        if (dump.isBlank()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Name the dump: what was given is empty.");
        }
        try {
            return LATEST.equals(dump) ? null : Path.of(dump);
        } catch (InvalidPathException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "'" + dump + "' cannot be a file's name");
        }
    }
}
