package dev.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DumpedRowsTest {

    private static DumpedRows read(String text) throws IOException {
        DumpedRows rows = new DumpedRows();
        rows.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return rows;
    }

    @Test
    void countsTheLinesOfEachTable() throws IOException {
        String text = "SET x = 1;\n\nCOPY public.a (n, m) FROM stdin;\n1\t2\n\\N\t\\\\.\n\\.\n\n"
                + "COPY \"o\"\"dd one\".\"x.y\" (n) FROM stdin;\n\\.\n\nCOPY public.a (n, m) FROM stdin;\n\n\\.x\n\\.\n"
                + "COPY public.none  FROM stdin;\n\n\n\\.\n";
        assertThat(read(text).tables())
                .containsOnly(entry("public.a", 4L), entry("\"o\"\"dd one\".\"x.y\"", 0L), entry("public.none", 2L));
    }

    @Test
    void saysThatThereAreInsertsAndTakesNothingInThemForACopy() throws IOException {
        DumpedRows rows = read("INSERT INTO t VALUES ('\nCOPY public.a (n) FROM stdin;\n');\n");

        assertThat(rows.hasInserts()).isTrue();
        assertThat(rows.tables()).isEmpty();
    }

    @Test
    void readsNamesInTheEncodingOfTheDump() throws IOException {
        DumpedRows rows = new DumpedRows();
        rows.read(new ByteArrayInputStream(
                "SET client_encoding = 'LATIN1';\nCOPY public.\"größe\" (n) FROM stdin;\n1\n\\.\n"
                        .getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(rows.tables()).containsOnly(entry("public.\"größe\"", 1L));
    }
}
