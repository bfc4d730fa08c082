package dev.migrator.cli;

import dev.migrator.Migrator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the migrations are, and which of them may run. */
final class PlanOptions {

    @Option(
            names = "--location",
            paramLabel = "<location>",
            required = true,
            description = "where migrations are: filesystem:DIR, or just DIR; may be repeated")
    private List<String> locations = List.of();

    @Option(names = "--target", paramLabel = "<version>", description = "the last version to run")
    private @Nullable String target;

    @Option(names = "--out-of-order", description = "lets a version run that is below an applied one")
    private boolean outOfOrder;

    @Option(
            names = "--baseline-on-migrate",
            description = "takes a database that has tables but no history as it stands")
    private boolean baselineOnMigrate;

    @Mixin
    private final BaselineOptions baseline = new BaselineOptions();

    @Mixin
    private final ScriptOptions scripts = new ScriptOptions();

    void applyTo(Migrator.Builder builder) {
        builder.locations(locations.stream().map(PlanOptions::location).toArray(String[]::new))
                .target(target)
                .outOfOrder(outOfOrder)
                .baselineOnMigrate(baselineOnMigrate);
        baseline.applyTo(builder);
        scripts.applyTo(builder);
    }

    /** In a shell, a plain path is a directory. */
    private static String location(String text) {
        return text.indexOf(':') < 0 ? "filesystem:" + text : text;
    }
}
