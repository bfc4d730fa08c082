package dev.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SchemaTextTest {

    private static SchemaText text(String... definitions) throws IOException {
        SchemaText text = new SchemaText();
        text.read(new ByteArrayInputStream(String.join("\n", definitions).getBytes(StandardCharsets.UTF_8)));
        return text;
    }

    private static String table(String name, String columns) {
        return "--\n-- Name: " + name + "; Type: TABLE; Schema: public; Owner: ada\n--\n\nCREATE TABLE public." + name
                + " (" + columns + ");\n\n";
    }

    @Test
    void namesWhatIsMissingAddedOrAnother() throws IOException {
        assertThat(text("SET a = 1;", table("a", "n int"), table("b", "n int"), table("c", "n int"))
                        .differences(
                                text("SET a = 2;", table("c", "n int"), table("d", "n int"), table("b", "n text"))))
                .containsExactly(
                        "TABLE public.a is in the dump, and is not there after it was restored",
                        "TABLE public.b is another one after it was restored",
                        "TABLE public.d is there after the dump was restored, and not in it");
    }

    @Test
    void castsThatMoveWhenAConstraintIsReadAgainAreNoDifference() throws IOException {
        assertThat(text(table("a", "CHECK (((s)::text = ANY ((ARRAY['x'::character varying])::text[])))"))
                        .differences(
                                text(table("a", "CHECK (((s)::text = ANY (ARRAY[('x'::character varying)::text])))"))))
                .isEmpty();
    }

    @Test
    void whatAMaterializedViewIsFilledWithIsNoDefinition() throws IOException {
        String filling = "--\n-- Name: mv; Type: MATERIALIZED VIEW DATA; Schema: public; Owner: ada\n--\n\n"
                + "REFRESH MATERIALIZED VIEW public.mv;\n\n";

        assertThat(text(table("a", "n int"), filling).differences(text(table("a", "n int"))))
                .isEmpty();
    }
}
