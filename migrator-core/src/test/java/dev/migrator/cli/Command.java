package dev.migrator.cli;

import dev.migrator.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the command in this process, as a shell would. */
final class Command {

    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Terminal terminal;

    Command(String... arguments) {
        with(arguments);
    }

    /** With the superuser's login. */
    static Command on(TestDatabase database, String name) {
        return new Command(name, "--url", database.url(), "--user", "postgres");
    }

    Command with(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    Command in(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    Command at(Terminal person) {
        terminal = person;
        return this;
    }

    Result run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(environment, stream(out), stream(err), terminal);
        int code = MigratorCommand.run(shell, arguments.toArray(String[]::new));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** How a command ended. */
    record Result(int code, String out, String err) {

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }
}
