package dev.migrator.sql;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of placeholders, {@code ${name}}, and where they are replaced if a script does not say otherwise.
 *
 * <p>A name is an ASCII letter or underscore, and then letters, digits and {@code _ . -}; upper and lower case are the same. Text
 * that has not this form ({@code ${{ x }}}, {@code ${VAR:-x}}, {@code ${1}}) is no placeholder. The names that begin with
 * {@code migrator:} have values that Migrator knows itself.
 */
public final class Placeholders {

    /** No values, and nothing is replaced. */
    public static final Placeholders NONE = new Placeholders(Map.of(), Replacing.OFF);

    private static final String PREFIX = "migrator:";
    private static final String FLYWAY = "flyway:";

    /** The names of what another tool's users would write with the prefix, and how it is called here. */
    private static final Map<String, String> OF_FLYWAY =
            Map.of("defaultschema", "schema", "table", "table", "user", "user", "database", "database");

    private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Replacing replacing;

    private Placeholders(Map<String, String> values, Replacing replacing) {
        this.values.putAll(values);
        this.replacing = replacing;
    }

    /**
     * The values that a user gives.
     *
     * @param replacing where they are replaced if a script does not say otherwise
     * @throws IllegalArgumentException if a name has not the form of one, or is there twice, or a value cannot be put into SQL
     */
    public static Placeholders of(Map<String, String> values, Replacing replacing) {
        Placeholders placeholders = new Placeholders(Map.of(), replacing);
        if (values.isEmpty()) {
            return placeholders;
        }
        values.forEach((name, value) -> {
            if (!Form.OWN_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is no name for a placeholder. A name is letters,"
                        + " digits, underscores, dots and hyphens, and begins with a letter or an underscore.");
            }
            if (value == null || value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "The placeholder '" + name + "' has a value that cannot be put into SQL: "
                                + (value == null ? "null." : "it holds a NUL."));
            }
            if (placeholders.values.put(name, value) != null) {
                throw new IllegalArgumentException("The placeholder '" + name
                        + "' is given twice: upper and lower case are the same in its name.");
            }
        });
        return placeholders;
    }

    /** The same with the values that Migrator knows itself, given without the {@code migrator:} of their names. */
    public Placeholders knowing(Map<String, String> known) {
        Placeholders placeholders = new Placeholders(values, replacing);
        known.forEach((name, value) -> placeholders.values.put(PREFIX + name, value));
        return placeholders;
    }

    /** The same, replaced as one script asks for; null if it does not. To turn them on takes nothing of the bodies away. */
    Placeholders replacing(@Nullable Replacing where) {
        if (where == null || where == Replacing.ON && replacing == Replacing.BODIES) {
            return this;
        }
        return new Placeholders(values, where);
    }

    /** Where they are replaced. */
    public Replacing replacing() {
        return replacing;
    }

    /** The value of that name, or null if it is unknown. */
    @Nullable
    String value(String name) {
        return values.get(name);
    }

    /**
     * Puts the values into a line that is no SQL.
     *
     * @throws IllegalArgumentException if a name is unknown
     */
    public String replaceIn(String text) {
        return Form.IN_TEXT.matcher(text).replaceAll(match -> {
            String value = value(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException(unknown(match.group(1)));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** Whether the value changes with the server and the options, and so is no part of a repeatable's checksum. */
    static boolean isKnownByMigrator(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    static boolean isName(String text) {
        return Form.NAME.matcher(text).matches();
    }

    /** What is wrong with a name that has no value. */
    String unknown(String name) {
        String problem = "the placeholder ${" + name + "} has no value";
        if (name.regionMatches(true, 0, FLYWAY, 0, FLYWAY.length())) {
            String here = OF_FLYWAY.get(name.substring(FLYWAY.length()).toLowerCase(Locale.ROOT));
            return problem + ": it is Flyway's, and "
                    + (here == null ? "has no counterpart here" : "here it is ${" + PREFIX + here + "}");
        }
        return problem + "; known are "
                + (values.isEmpty()
                        ? "none"
                        : values.keySet().stream()
                                .map(known -> "${" + known + "}")
                                .collect(Collectors.joining(", ")));
    }

    /** What names look like: compiled where there is one to be looked at, which most starts do not have. */
    private static final class Form {

        private static final String WORD = "[A-Za-z_][A-Za-z0-9_.-]*";
        static final Pattern OWN_NAME = Pattern.compile(WORD);
        static final Pattern NAME = Pattern.compile("(?:(?i:migrator|flyway):)?" + WORD);
        static final Pattern IN_TEXT = Pattern.compile("\\$\\{(" + NAME + ")}");
    }
}
