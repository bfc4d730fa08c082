package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The README's table of options against the commands themselves. */
class OptionTableTest {

    private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)");

    private final CommandLine line = MigratorCommand.line(new Shell(Map.of(), System.out, System.err, null));

    @Test
    void everyOptionIsThereWithTheCommandsThatHaveIt() throws IOException {
        assertThat(documented()).isEqualTo(real());
    }

    @Test
    void everyCommandIsInItsTable() throws IOException {
        String commands = String.join("\n", rows("| command | what it does |"));

        assertThat(commands(line, "")).isNotEmpty().allSatisfy((name, command) -> assertThat(commands)
                .contains("`" + name));
    }

    private Map<String, Set<String>> real() {
        Map<String, Set<String>> options = new TreeMap<>();
        commands(line, "").forEach((name, command) -> command.getCommandSpec()
                .options()
                .forEach(option -> options.computeIfAbsent(option.longestName(), none -> new TreeSet<>())
                        .add(name)));
        return options;
    }

    /** With those below them, as {@code backup list}. */
    private static Map<String, CommandLine> commands(CommandLine line, String above) {
        Map<String, CommandLine> all = new TreeMap<>();
        line.getSubcommands().forEach((name, command) -> {
            all.put(above + name, command);
            all.putAll(commands(command, above + name + " "));
        });
        return all;
    }

    private Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> options = new TreeMap<>();
        for (String row : rows("| option | for | meaning |")) {
            String[] cells = row.split("\\|");
            Set<String> commands = named(cells[2].strip());
            OPTION.matcher(cells[1]).results().forEach(option -> options.put(option.group(1), commands));
        }
        return options;
    }

    private Set<String> named(String cell) {
        Set<String> all = new TreeSet<>(commands(line, "").keySet());
        if (cell.equals("all")) {
            return all;
        }
        if (cell.equals("all but create")) {
            all.remove("create");
            return all;
        }
        return new TreeSet<>(Arrays.asList(cell.split(", ")));
    }

    private static List<String> rows(String head) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "README.md"))) {
            return lines.dropWhile(line -> !line.equals(head))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .toList();
        }
    }
}
