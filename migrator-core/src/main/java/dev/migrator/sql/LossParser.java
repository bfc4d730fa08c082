package dev.migrator.sql;

import dev.migrator.sql.Loss.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells from a statement's words what data it takes away. */
final class LossParser {

    /** Nothing that holds data depends on these. */
    private static final List<String> NEVER_DEPENDED_UPON =
            List.of("index", "trigger", "rule", "policy", "sequence", "statistics", "publication");

    private static final Pattern CASCADING =
            Pattern.compile("(?<what>.+) cascade", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern OWNED =
            Pattern.compile("owned by (?<what>.+?)( cascade| restrict)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern IF_EXISTS = Pattern.compile("\\bif exists ", Pattern.CASE_INSENSITIVE);

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
            add(Sort.ROWS, relation());
        } else if (words.skipped("update")) {
            add(Sort.VALUES, relation());
        } else if (words.skipped("merge") && words.skipped("into")) {
            String table = relation();
            add(words.skippedBehind("delete") ? Sort.ROWS : Sort.VALUES, table);
        } else if (words.skipped("insert") && words.skipped("into")) {
            inserted();
        } else if (words.skipped("with")) {
            queried();
        } else if (words.skipped("alter")) {
            altered();
        } else if (words.skipped("do") || words.skipped("call")) {
            losses.add(new Loss(Sort.CODE, "", null));
        }
        return List.copyOf(losses);
    }

    private void dropped() {
        String object = words.restInOneLine();
        if (words.skipped("schema")) {
            skipIfExists();
            names(Sort.SCHEMA);
        } else {
            words.skipped("foreign");
            if (words.skipped("table")) {
                skipIfExists();
                names(Sort.TABLE);
            } else if (NEVER_DEPENDED_UPON.stream().noneMatch(words::skipped)) {
                droppedWithDependents(object);
            }
        }
    }

    /** Columns of a type, or that a function makes, go with it, and tables with their extension. */
    private void droppedWithDependents(String object) {
        Matcher owned = OWNED.matcher(object);
        Matcher cascading = CASCADING.matcher(object);
        if (owned.matches()) {
            add(Sort.DEPENDENTS, "all that " + owned.group("what") + " owns");
        } else if (cascading.matches()) {
            add(Sort.DEPENDENTS, IF_EXISTS.matcher(cascading.group("what")).replaceFirst(""));
        }
    }

    private void inserted() {
        String table = words.name();
        if (words.skippedBehind("conflict") && words.skippedBehind("do") && words.skipped("update")) {
            add(Sort.VALUES, table);
        }
    }

    /** What stands in a WITH may change data; where, is not read. */
    private void queried() {
        if (CHANGES.matcher(words.restInOneLine()).find()) {
            losses.add(new Loss(Sort.CODE, "", null));
        }
    }

    private void names(Sort sort) {
        List<String> names = new ArrayList<>();
        do {
            String name = relation();
            if (name != null) {
                names.add(name);
            }
        } while (words.skippedComma());
        boolean cascades = words.skippedBehind("cascade");
        names.forEach(name -> losses.add(new Loss(sort, name, null, cascades)));
    }

    private void altered() {
        if (words.skipped("table")) {
            skipIfExists();
            alteredEach("column", Sort.COLUMN, relation());
        } else if (words.skipped("type")) {
            alteredEach("attribute", Sort.ATTRIBUTE, words.name());
        }
    }

    /** The actions on columns or attributes; that word may be left out for columns, and for attributes is not understood without. */
    private void alteredEach(String part, Sort sort, @Nullable String relation) {
        if (relation == null) {
            return;
        }
        do {
            boolean drops = words.skipped("drop");
            if (!drops && !words.skipped("alter") || words.skipped("constraint")) {
                continue;
            }
            words.skipped(part);
            skipIfExists();
            String name = words.identifier();
            if (name != null && drops) {
                losses.add(new Loss(sort, relation, name, words.skipped("cascade")));
            } else if (name != null && retyped()) {
                losses.add(new Loss(Sort.TYPE, relation, name));
            }
        } while (words.skippedBehindComma());
    }

    private boolean retyped() {
        return words.skipped("set") ? words.skipped("data") : words.skipped("type");
    }

    /** A table's name, and the marks for its children around it. */
    private @Nullable String relation() {
        words.skipped("only");
        boolean enclosed = words.skipped('(');
        String name = words.name();
        if (enclosed) {
            words.skipped(')');
        }
        words.skipped('*');
        return name;
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
