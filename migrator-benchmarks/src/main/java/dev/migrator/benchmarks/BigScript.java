package dev.migrator.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sorts of scripts of a size that must not matter. */
enum BigScript {

    /** One COPY with all rows. */
    COPY(
            "COPY big FROM STDIN;\n",
            "%d\t2026-11-21 09:49:25+00\tsome text that is long enough for a row of an ordinary dump\n",
            1,
            "\\.\n"),

    /** A statement for each row. */
    INSERTS(
            "",
            "INSERT INTO big VALUES (%d, '2026-11-21 09:49:25+00', 'some text that is long enough for a row of an ordinary dump');\n",
            1,
            ""),

    /** A statement for each 1,000 rows. */
    ROWS(
            "",
            "(%d, '2026-11-21 09:49:25+00', 'some text that is long enough for a row of an ordinary dump')",
            1_000,
            "");

    private final String head;
    private final String before;
    private final String after;
    private final int rowsEach;
    private final String end;

    BigScript(String head, String row, int rowsEach, String end) {
        this.head = head;
        this.before = row.substring(0, row.indexOf("%d"));
        this.after = row.substring(row.indexOf("%d") + 2);
        this.rowsEach = rowsEach;
        this.end = end;
    }

    /** Writes a script of about so many bytes. */
    void write(Path file, long size) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            write(out, "CREATE TABLE big (id bigint, at timestamptz, text text);\n" + head);
            long written = 0;
            for (long row = 0; written < size; row++) {
                String begin = rowsEach == 1 ? "" : row % rowsEach == 0 ? "INSERT INTO big VALUES\n" : ",\n";
                written += write(out, begin + before + row + after);
                if (rowsEach > 1 && (row + 1) % rowsEach == 0) {
                    written += write(out, ";\n");
                }
            }
            write(out, rowsEach == 1 ? end : ";\n");
        }
    }

    private static int write(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        return bytes.length;
    }
}
