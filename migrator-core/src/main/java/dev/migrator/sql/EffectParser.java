package dev.migrator.sql;

import dev.migrator.sql.Effect.Scope;
import dev.migrator.sql.Effect.Sort;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Tells a statement's effect from its words. What is not understood is unknown, which is always safe. */
final class EffectParser {

    private static final Effect REPEATABLE = new Effect.Repeatable();
    private static final Effect UNKNOWN = new Effect.Unknown();

    private static final List<String> REPEATABLE_HEADS =
            List.of("vacuum", "analyze", "analyse", "cluster", "checkpoint", "discard");

    private final String statement;
    private final StatementWords words;

    EffectParser(String statement) {
        this.statement = statement;
        this.words = new StatementWords(statement);
    }

    Effect parse() {
        Effect effect = effect();
        return effect == null ? UNKNOWN : effect;
    }

    private @Nullable Effect effect() {
        if (words.skipped("create")) {
            IndexStatement index = IndexStatement.parse(statement);
            return index == null ? object(Effect.Created::new) : new Effect.IndexBuilt(index);
        }
        if (words.skipped("drop")) {
            return words.skipped("index") ? indexDropped() : object(Effect.Dropped::new);
        }
        if (words.skipped("alter")) {
            return altered();
        }
        if (words.skipped("reindex")) {
            return reindexed();
        }
        if (words.skipped("refresh")) {
            return words.skipped("materialized") ? REPEATABLE : null;
        }
        return REPEATABLE_HEADS.stream().anyMatch(words::skipped) ? REPEATABLE : null;
    }

    private @Nullable Effect object(BiFunction<Sort, String, Effect> effect) {
        for (Sort sort : Sort.values()) {
            if (words.skipped(sort.name().toLowerCase(Locale.ROOT))) {
                skipIfExists();
                String name = words.identifier();
                return name == null ? null : effect.apply(sort, name);
            }
        }
        return null;
    }

    private @Nullable Effect indexDropped() {
        if (!words.skipped("concurrently")) {
            return null;
        }
        skipIfExists();
        String index = words.name();
        return index == null ? null : new Effect.IndexDropped(index);
    }

    private @Nullable Effect altered() {
        if (words.skipped("system") || words.skipped("database")) {
            return REPEATABLE;
        }
        if (words.skipped("subscription")) {
            boolean named = words.identifier() != null;
            return named && (words.skipped("refresh") || words.skipped("set")) ? REPEATABLE : null;
        }
        return words.skipped("table") ? detached() : null;
    }

    private @Nullable Effect detached() {
        skipIfExists();
        words.skipped("only");
        String table = words.name();
        if (table == null || !words.skipped("detach") || !words.skipped("partition")) {
            return null;
        }
        String partition = words.name();
        return partition == null || !words.skipped("concurrently")
                ? null
                : new Effect.PartitionDetached(table, partition);
    }

    private @Nullable Effect reindexed() {
        boolean concurrently = words.parentheses().toLowerCase(Locale.ROOT).contains("concurrently");
        Scope scope = scope();
        if (scope == null) {
            return null;
        }
        concurrently |= words.skipped("concurrently");
        String name = words.name();
        if (!concurrently) {
            return REPEATABLE;
        }
        boolean whole = scope == Scope.DATABASE;
        return name == null && !whole ? null : new Effect.Reindexed(scope, whole ? null : name);
    }

    private @Nullable Scope scope() {
        for (Scope scope : Scope.values()) {
            if (words.skipped(scope.name().toLowerCase(Locale.ROOT))) {
                return scope;
            }
        }
        // the system's catalogs cannot be rebuilt concurrently
        return words.skipped("system") ? Scope.DATABASE : null;
    }

    private void skipIfExists() {
        if (words.skipped("if")) {
            words.skipped("exists");
        }
    }
}
