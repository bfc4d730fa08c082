package dev.migrator.sql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads scripts that stand in tests as strings. */
final class Scripts {

    private Scripts() {}

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Statement> read(String text) {
        return read(stream(text), ScriptInput.BUFFER_SIZE);
    }

    static List<Statement> read(InputStream in, int bufferSize) {
        return read(in, Placeholders.NONE, bufferSize);
    }

    static List<Statement> read(InputStream in, Placeholders placeholders, int bufferSize) {
        List<Statement> statements = new ArrayList<>();
        try (StatementReader reader = new StatementReader("test.sql", in, placeholders, Directives.NONE, bufferSize)) {
            for (Statement statement; (statement = reader.next()) != null; ) {
                statements.add(statement);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return statements;
    }

    static List<String> texts(String text) {
        return read(text).stream().map(Statement::text).toList();
    }

    static ScriptOutline scan(String text) {
        try {
            return ScriptScanner.scan("test.sql", stream(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
