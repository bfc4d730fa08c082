package dev.migrator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of names that some settings are, such as {@code search_path}: {@code "$user", public}. */
public final class NameList {

    /** In quotes, or up to a comma or a blank, whatever else is in it (SplitIdentifierString in PostgreSQL's sources). */
    private static final Pattern NAME = Pattern.compile("\"([^\"]*(?:\"\"[^\"]*)*)\"|([^\\s,]+)");

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]+");

    private NameList() {}

    /**
     * Each name as a literal, so that a SET can take it, whatever it is: the list itself may have what is no name in SQL, such
     * as {@code tenant-1}. An empty list is that of an empty name, for a SET needs one.
     */
    public static List<String> literals(String list) {
        List<String> literals = new ArrayList<>();
        Matcher matcher = NAME.matcher(list);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            literals.add(Quoting.literal(quoted == null ? folded(matcher.group(2)) : quoted.replace("\"\"", "\"")));
        }
        return literals.isEmpty() ? List.of(Quoting.literal("")) : literals;
    }

    /** The server folds no other letters where a character may have several bytes. */
    private static String folded(String name) {
        return CAPITAL.matcher(name).replaceAll(capitals -> capitals.group().toLowerCase(Locale.ROOT));
    }
}
