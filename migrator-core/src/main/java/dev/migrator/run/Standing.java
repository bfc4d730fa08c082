package dev.migrator.run;

import dev.migrator.history.History;
import dev.migrator.history.TableName;
import dev.migrator.plan.Plan;

/** What was found, what has run and what is to be done, as of one moment. */
public record Standing(TableName table, History history, Plan plan) {}
