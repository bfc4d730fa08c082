package dev.migrator.cli;

import dev.migrator.MigratorBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the migrations are, and which of them may run. */
final class PlanOptions implements BuilderOptions {

    @Mixin
    private final LocationOptions locations = new LocationOptions();

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

    @Override
    public void applyTo(MigratorBuilder builder) {
        locations.applyTo(builder);
        builder.target(target).outOfOrder(outOfOrder).baselineOnMigrate(baselineOnMigrate);
        baseline.applyTo(builder);
        scripts.applyTo(builder);
    }
}
