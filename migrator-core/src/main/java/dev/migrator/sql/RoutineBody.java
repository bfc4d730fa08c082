package dev.migrator.sql;

/**
 * Follows the {@code BEGIN ATOMIC … END} of a CREATE FUNCTION or PROCEDURE, as psqlscan.l does with its {@code begin_depth}:
 * outside of parentheses, CASE opens what an END closes. It is a little stricter than psql where that does not change a valid
 * script: BEGIN alone, as a function's name, opens nothing, and {@code AS end} or {@code t.end} closes nothing.
 */
final class RoutineBody {

    private int depth;
    private Word previous = Word.OTHER;

    void reset() {
        depth = 0;
        previous = Word.OTHER;
    }

    boolean open() {
        return depth > 0;
    }

    int depth() {
        return depth;
    }

    void token(Word word) {
        boolean name = previous == Word.AS || previous == Word.DOT;
        if (depth == 0) {
            if (word == Word.ATOMIC && previous == Word.BEGIN) {
                depth = 1;
            }
        } else if (word == Word.CASE && !name) {
            depth++;
        } else if (word == Word.END && !name) {
            depth--;
        }
        previous = word;
    }
}
