package dev.migrator.create;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a file's text of a template's. {@code {{name}}} stands for a value; {@code ${name}} is left alone, being a
 * placeholder of the script's own.
 */
final class TemplateText {

    /** The first line of a template may say what it is for; it is no part of the migration. */
    private static final Pattern SUMMARY = Pattern.compile("\\A(?:--|//) ?template:(.*)\\R");

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)}}");

    private static final Pattern ROLLBACK_PART =
            Pattern.compile("(?m)^[ \\t]*// rollback begins\\R((?s:.*?))^[ \\t]*// rollback ends\\R");

    private TemplateText() {}

    static String summary(String template) {
        Matcher matcher = SUMMARY.matcher(template);
        return matcher.find() ? matcher.group(1).strip() : "";
    }

    /** With its variables filled in; what is in such braces and no variable, as an array of arrays, stays. */
    static String fill(String template, Map<String, String> variables) {
        String text = SUMMARY.matcher(template).replaceFirst("");
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = variables.get(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    /** A class has its rollback in itself, between two lines of comments. */
    static String withRollback(String template, boolean wanted) {
        return ROLLBACK_PART.matcher(template).replaceAll(wanted ? "$1" : "");
    }

    /**
     * A text that is safe in a comment of one line, in SQL and in Java: it neither ends the comment nor makes a
     * directive or an escape of it.
     */
    static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        return line.replace('\\', '/').replace("*/", "* /").replaceFirst("(?i)\\A(migrator):", "$1 :");
    }
}
