package dev.migrator.sql;

import dev.migrator.sql.Loss.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells from a statement's words what data it takes away. */
final class LossParser {

    private static final List<String> DEPENDED_UPON = List.of("type", "domain", "extension", "owned");

    private static final Pattern CASCADE = Pattern.compile("\\bcascade\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern CHANGES =
            Pattern.compile("\\b(delete\\s+from|update|merge\\s+into)\\b", Pattern.CASE_INSENSITIVE);

    private final StatementWords words;
    private final List<Loss> losses = new ArrayList<>();

    LossParser(String statement) {
        this.words = new StatementWords(statement);
    }

    List<Loss> parse() {
        if (words.skipped("drop")) {
            dropped();
        } else if (words.skipped("truncate")) {
            words.skipped("table");
            names(Sort.CONTENT);
        } else if (words.skipped("delete")) {
            words.skipped("from");
            words.skipped("only");
            add(Sort.ROWS, words.name());
        } else if (words.skipped("update")) {
            words.skipped("only");
            add(Sort.VALUES, words.name());
        } else if (words.skipped("merge") && words.skipped("into")) {
            words.skipped("only");
            add(Sort.VALUES, words.name());
        } else if (words.skipped("with")) {
            queried();
        } else if (words.skipped("alter") && words.skipped("table")) {
            altered();
        } else if (words.skipped("do") || words.skipped("call")) {
            losses.add(new Loss(Sort.CODE, "", null));
        }
        return List.copyOf(losses);
    }

    private void dropped() {
        if (words.skipped("schema")) {
            skipIfExists();
            names(Sort.SCHEMA);
        } else {
            words.skipped("foreign");
            if (words.skipped("table")) {
                skipIfExists();
                names(Sort.TABLE);
            } else {
                droppedWithDependents();
            }
        }
    }

    /** Columns of a type go with it, and tables with their extension. */
    private void droppedWithDependents() {
        for (String sort : DEPENDED_UPON) {
            if (words.skipped(sort)) {
                words.skipped("by");
                skipIfExists();
                String name = words.name();
                if (name != null
                        && (sort.equals("owned")
                                || CASCADE.matcher(words.rest()).find())) {
                    losses.add(new Loss(
                            Sort.DEPENDENTS,
                            sort.equals("owned") ? "all that " + name + " owns" : sort + " " + name,
                            null));
                }
                return;
            }
        }
    }

    /** What stands in a WITH may change data; where, is not read. */
    private void queried() {
        if (CHANGES.matcher(words.rest()).find()) {
            losses.add(new Loss(Sort.CODE, "", null));
        }
    }

    private void names(Sort sort) {
        do {
            words.skipped("only");
            add(sort, words.name());
        } while (words.skippedComma());
    }

    private void altered() {
        skipIfExists();
        words.skipped("only");
        String table = words.name();
        if (table == null) {
            return;
        }
        do {
            if (words.skipped("drop") && !words.skipped("constraint")) {
                words.skipped("column");
                skipIfExists();
                String column = words.identifier();
                if (column != null) {
                    losses.add(new Loss(Sort.COLUMN, table, column));
                }
            }
        } while (words.skippedBehindComma());
    }

    private void add(Sort sort, @Nullable String name) {
        if (name != null) {
            losses.add(new Loss(sort, name, null));
        }
    }

    private void skipIfExists() {
        if (words.skipped("if")) {
            words.skipped("exists");
        }
    }
}
