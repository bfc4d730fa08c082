package dev.migrator.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Many pending scripts: time and memory must not grow faster than their number. */
final class ManyPending {

    private static final String DATABASE = "many_pending";

    private ManyPending() {}

    /** The heap, and numbers of scripts. */
    static void main(Server server, List<String> arguments) throws IOException, InterruptedException, SQLException {
        for (String number : arguments.subList(1, arguments.size())) {
            int count = Integer.parseInt(number);
            Path folder = Files.createTempDirectory("many-pending");
            try {
                for (int i = 1; i <= count; i++) {
                    Files.writeString(
                            folder.resolve("V" + i + "__table.sql"),
                            "CREATE TABLE IF NOT EXISTS t" + i % 20 + " (id bigint, text text);\n");
                }
                server.recreate(DATABASE);
                Measured migrator = Measured.run(server.migrator(DATABASE, folder, arguments.get(0)));
                System.out.print(migrator.output());
            } finally {
                Measured.run(List.of("rm", "-r", folder.toString()));
            }
        }
    }
}
