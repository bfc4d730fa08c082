package dev.migrator.sql;

import java.io.IOException;

/** A backslash command of psql, at the cursor. */
final class PsqlCommand {

    private static final int MAX_LENGTH = 32;

    private PsqlCommand() {}

    /** Skips the commands restrict and unrestrict with their line: pg_dump writes them since 17.6. Others are an error. */
    static void skip(ScriptInput in) throws IOException {
        String name = name(in);
        if (!name.equals("\\restrict") && !name.equals("\\unrestrict")) {
            throw in.errorHere(problem(name));
        }
        in.find(Stops.LINE);
    }

    /** What is wrong with any command that stands inside a statement. */
    static String problem(ScriptInput in) throws IOException {
        return problem(name(in));
    }

    private static String problem(String name) {
        return name
                + " is a command of psql, not of PostgreSQL: only \\restrict and \\unrestrict are known here, and skipped";
    }

    private static String name(ScriptInput in) throws IOException {
        StringBuilder name = new StringBuilder("\\");
        for (int b; name.length() < MAX_LENGTH && (b = in.peek(name.length())) > ' ' && b < 0x7F; ) {
            name.append((char) b);
        }
        return name.toString();
    }
}
