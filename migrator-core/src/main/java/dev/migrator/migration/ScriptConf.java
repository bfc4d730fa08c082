package dev.migrator.migration;

import dev.migrator.sql.Directives;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.Replacing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What stands about a script in a file of Flyway's beside it, {@code V2__x.sql.conf}.
 *
 * @param directives what the script itself could have said; what it does say goes before
 * @param condition whether it is to run, or null for "it is"
 */
public record ScriptConf(Directives directives, @Nullable Condition condition) {

    /** Of a script that has no such file. */
    public static final ScriptConf NONE = new ScriptConf(Directives.NONE, null);

    /**
     * Reads what {@link #settings()} gave.
     *
     * @param script whose it is
     */
    public static ScriptConf of(String script, String settings) {
        byte[] bytes = settings.getBytes(StandardCharsets.UTF_8);
        String file = script + ".conf";
        try {
            return new ScriptConfReader(new Script(file, file, () -> new ByteArrayInputStream(bytes))).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of it, in the file's form; null if that is nothing. */
    public @Nullable String settings() {
        StringBuilder settings = new StringBuilder();
        if (!directives.transaction()) {
            settings.append("executeInTransaction=false\n");
        }
        if (directives.placeholders() != null) {
            settings.append("placeholderReplacement=")
                    .append(directives.placeholders() == Replacing.ON)
                    .append('\n');
        }
        if (condition != null) {
            settings.append("shouldExecute=").append(condition.text()).append('\n');
        }
        return settings.isEmpty() ? null : settings.toString();
    }

    /**
     * Flyway's {@code shouldExecute}.
     *
     * @param where the file's place and line, for messages
     * @param text as it stands there, with placeholders
     */
    public record Condition(String where, String text) {

        /**
         * Answers whether the script is to run: {@code true}, {@code false}, {@code A==B} or {@code A!=B}, after placeholders.
         *
         * @throws IllegalArgumentException if it is none of these, or a placeholder in it has no value; the message says where
         */
        public boolean holds(Placeholders placeholders) {
            try {
                return evaluate(placeholders.replacing() == Replacing.OFF ? text : placeholders.replaceIn(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
            }
        }

        private boolean evaluate(String expression) {
            int operator = Math.max(expression.indexOf("=="), expression.indexOf("!="));
            if (operator >= 0) {
                boolean equal = expression
                        .substring(0, operator)
                        .strip()
                        .equals(expression.substring(operator + 2).strip());
                return equal == (expression.charAt(operator) == '=');
            }
            return switch (expression.strip()) {
                case "true" -> true;
                case "false" -> false;
                default ->
                    throw new IllegalArgumentException("shouldExecute needs true or false, or A==B or A!=B, after"
                            + " placeholders; it is '" + text + "'");
            };
        }

        /** As it stands in the file, and where that is. */
        @Override
        public String toString() {
            return "shouldExecute=" + text + " in " + where;
        }
    }
}
