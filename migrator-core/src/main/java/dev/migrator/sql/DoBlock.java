package dev.migrator.sql;

/** The body of a {@code DO} statement, whose lines the server counts for itself. */
public final class DoBlock {

    private DoBlock() {}

    /**
     * Where a line of the body stands in the statement.
     *
     * @param line as PL/pgSQL counts it: 1 is what follows the opening quote in its own line
     * @return the line's first character that is no white space, counted from 1 in characters (code points); 0 if the statement
     *     is no DO with a body in dollar quotes, or the body has no such line
     */
    public static int positionOf(String statement, int line) {
        if (!statement.regionMatches(true, 0, "do", 0, 2)) {
            return 0;
        }
        int open = statement.indexOf('$');
        int at = open < 0 ? -1 : statement.indexOf('$', open + 1) + 1;
        if (at <= 0) {
            return 0;
        }
        for (int skipped = 1; skipped < line; skipped++) {
            at = statement.indexOf('\n', at) + 1;
            if (at == 0) {
                return 0;
            }
        }
        while (at < statement.length() && (statement.charAt(at) == ' ' || statement.charAt(at) == '\t')) {
            at++;
        }
        return statement.codePointCount(0, at) + 1;
    }
}
