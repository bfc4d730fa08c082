package dev.migrator.migration;

import dev.migrator.sql.Directives;
import dev.migrator.sql.Replacing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@code <script>.conf}, line by line, and collects what is wrong with it. */
final class ScriptConfReader {

    /** What its name has behind that of its script. */
    static final String EXTENSION = ".conf";

    static final String SUFFIX = ".sql" + EXTENSION;

    private static final String KNOWN = "executeInTransaction, placeholderReplacement, shouldExecute and encoding";

    private final Script file;
    private final List<String> problems = new ArrayList<>();
    private boolean transaction = true;
    private @Nullable Replacing placeholders;
    private ScriptConf.@Nullable Condition condition;
    private int line;

    ScriptConfReader(Script file) {
        this.file = file;
    }

    /** Each with its place. */
    List<String> problems() {
        return problems;
    }

    ScriptConf read() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.source().open(), StandardCharsets.UTF_8))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                String entry = (line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
                if (!entry.isEmpty() && entry.charAt(0) != '#' && entry.charAt(0) != '!') {
                    read(entry);
                }
            }
        }
        return new ScriptConf(new Directives(transaction, null, null, placeholders, null), condition);
    }

    private void read(String entry) {
        int equals = entry.indexOf('=');
        String key = equals < 0 ? entry : entry.substring(0, equals).strip();
        String value = equals < 0 ? "" : entry.substring(equals + 1).strip();
        switch (key) {
            case "executeInTransaction" -> transaction = flag(key, value);
            case "placeholderReplacement" -> placeholders = flag(key, value) ? Replacing.ON : Replacing.OFF;
            case "shouldExecute" -> condition = new ScriptConf.Condition(file.path() + ":" + line, value);
            case "encoding" -> {
                if (!value.equalsIgnoreCase("UTF-8") && !value.equalsIgnoreCase("UTF8")) {
                    problem("the encoding " + value + " is not known here: save the script as UTF-8");
                }
            }
            default -> problem("there is no setting '" + key + "' of a script; known are " + KNOWN);
        }
    }

    private boolean flag(String key, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            problem(key + " needs true or false; it is '" + value + "'");
        }
        return !value.equals("false");
    }

    private void problem(String what) {
        problems.add(file.path() + ":" + line + ": " + what);
    }
}
