package dev.migrator.sql;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads the directives of one script, comment by comment. An {@link IllegalArgumentException} says what is wrong with one. */
final class DirectiveParser {

    private static final String KNOWN = "transaction=none, lock-timeout=2s, statement-timeout=5m,"
            + " placeholders=on|off|bodies, only-if=env:NAME, only-if=!env:NAME";

    private final Set<String> given = new HashSet<>();
    private boolean transaction = true;
    private @Nullable Duration lockTimeout;
    private @Nullable Duration statementTimeout;
    private @Nullable Replacing placeholders;
    private @Nullable OnlyIf onlyIf;

    Directives directives() {
        return given.isEmpty()
                ? Directives.NONE
                : new Directives(transaction, lockTimeout, statementTimeout, placeholders, onlyIf);
    }

    /** What follows {@code migrator:} in a comment: one directive or several, separated by commas or white space. */
    void add(String text) {
        StringTokenizer tokens = new StringTokenizer(text, ", \t\f\u000B");
        if (!tokens.hasMoreTokens()) {
            throw new IllegalArgumentException("a directive is missing. Known are: " + KNOWN);
        }
        while (tokens.hasMoreTokens()) {
            String directive = tokens.nextToken();
            int equals = directive.indexOf('=');
            if (equals < 0) {
                throw unknown(directive);
            }
            add(directive.substring(0, equals), directive.substring(equals + 1), directive);
        }
    }

    private void add(String name, String value, String directive) {
        switch (name) {
            case "transaction" -> {
                if (!value.equals("none")) {
                    throw badValue(directive, "'none'");
                }
                transaction = false;
            }
            case "lock-timeout" -> lockTimeout = duration(value, directive);
            case "statement-timeout" -> statementTimeout = duration(value, directive);
            case "placeholders" -> placeholders = replacing(value, directive);
            case "only-if" -> onlyIf = condition(value, directive);
            default -> throw unknown(directive);
        }
        if (!given.add(name)) {
            throw new IllegalArgumentException("the directive '" + name + "' is given twice");
        }
    }

    private static Duration duration(String value, String directive) {
        Duration duration = DurationText.parse(value);
        if (duration == null) {
            throw badValue(directive, "a duration such as 500ms, 2s, 5m, 1h or PT2S, or 0 for no limit");
        }
        return duration;
    }

    private static Replacing replacing(String value, String directive) {
        return switch (value) {
            case "on" -> Replacing.ON;
            case "off" -> Replacing.OFF;
            case "bodies" -> Replacing.BODIES;
            default -> throw badValue(directive, "'on', 'off' or 'bodies'");
        };
    }

    private static OnlyIf condition(String value, String directive) {
        OnlyIf condition = OnlyIf.parse(value);
        if (condition == null) {
            throw badValue(directive, "env:NAME or !env:NAME");
        }
        return condition;
    }

    private static IllegalArgumentException badValue(String directive, String expected) {
        return new IllegalArgumentException("the directive '" + directive + "' needs " + expected + " as its value");
    }

    private static IllegalArgumentException unknown(String directive) {
        return new IllegalArgumentException("there is no directive '" + directive + "'. Known are: " + KNOWN);
    }
}
