package dev.migrator.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a command.
 *
 * @param terminal who sits before it, or null if nobody does
 */
record Shell(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        @Nullable Terminal terminal) {

    static Shell ofProcess() {
        Charset charset = charset();
        return new Shell(
                System.getenv(),
                stream(FileDescriptor.out, charset),
                stream(FileDescriptor.err, charset),
                ConsoleTerminal.find());
    }

    /** An environment variable, or null if it is not set or empty. */
    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static PrintStream stream(FileDescriptor descriptor, Charset charset) {
        return new PrintStream(new FileOutputStream(descriptor), true, charset);
    }

    /** Containers rarely have a locale; what is not ASCII would then be lost. */
    private static Charset charset() {
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }
}
