package dev.migrator.plan;

import dev.migrator.migration.Version;
import org.jspecify.annotations.Nullable;

/**
 * What the user allows and wants.
 *
 * @param outOfOrder whether a pending version below an applied one may run
 * @param target the last version to run, or null for all
 * @param baselineOnMigrate whether a database that has tables but no history is taken as it stands
 * @param baselineVersion the version that it then has
 * @param baselineDescription what its row says
 */
public record Rules(
        boolean outOfOrder,
        @Nullable Version target,
        boolean baselineOnMigrate,
        Version baselineVersion,
        String baselineDescription) {}
