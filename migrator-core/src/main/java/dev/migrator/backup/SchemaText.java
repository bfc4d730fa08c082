package dev.migrator.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The definitions in a schema that {@code pg_dump} or {@code pg_restore} wrote, by what each of them defines. */
final class SchemaText {

    private static final Pattern HEAD = Pattern.compile("-- Name: (.*); Type: (.*); Schema: (.*); Owner: .*");

    /** The end of such types as MATERIALIZED VIEW DATA, which pg_restore takes for a part of the schema, and pg_dump does not. */
    private static final String CONTENTS = " DATA";

    /**
     * What PostgreSQL writes in another place after a restore: {@code ((a)::text = ANY ((ARRAY['x'::character varying])::text[]))}
     * becomes {@code ((a)::text = ANY (ARRAY[('x'::character varying)::text]))}.
     */
    private static final Pattern MOVING =
            Pattern.compile("::(?:character varying|[a-z_]+)(?:\\(\\d+\\))?(?:\\[\\])?|[()\\s]");

    private final Map<String, StringBuilder> definitions = new TreeMap<>();

    void read(InputStream text) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.ISO_8859_1));
        DumpEncoding encoding = new DumpEncoding();
        StringBuilder definition = new StringBuilder();
        for (String bytes = lines.readLine(); bytes != null; bytes = lines.readLine()) {
            String line = encoding.decode(bytes);
            Matcher head = HEAD.matcher(line);
            if (head.matches() && head.group(2).endsWith(CONTENTS)) {
                definition = new StringBuilder();
            } else if (head.matches()) {
                definition = definitions.computeIfAbsent(
                        head.group(2) + " " + (head.group(3).equals("-") ? "" : head.group(3) + ".") + head.group(1),
                        name -> new StringBuilder());
            } else if (says(line)) {
                definition.append(line).append('\n');
            }
        }
    }

    /** Neither empty, nor a remark, nor what depends on the definition that happens to stand before. */
    private static boolean says(String line) {
        return !line.isBlank()
                && !line.startsWith("--")
                && !line.startsWith("SET default_")
                && !line.startsWith("\\restrict ")
                && !line.startsWith("\\unrestrict ");
    }

    /** What this has and the other does not, or otherwise; a line for each. */
    List<String> differences(SchemaText restored) {
        List<String> differences = new ArrayList<>();
        definitions.forEach((name, definition) -> {
            StringBuilder other = restored.definitions.get(name);
            if (other == null) {
                differences.add(name + " is in the dump, and is not there after it was restored");
            } else if (!same(definition.toString(), other.toString())) {
                differences.add(name + " is another one after it was restored");
            }
        });
        restored.definitions.keySet().stream()
                .filter(name -> !definitions.containsKey(name))
                .forEach(name -> differences.add(name + " is there after the dump was restored, and not in it"));
        return differences;
    }

    private static boolean same(String definition, String other) {
        return definition.equals(other)
                || MOVING.matcher(definition)
                        .replaceAll("")
                        .equals(MOVING.matcher(other).replaceAll(""));
    }
}
