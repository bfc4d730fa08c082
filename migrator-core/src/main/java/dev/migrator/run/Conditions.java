package dev.migrator.run;

import dev.migrator.migration.ScriptConf;
import dev.migrator.sql.OnlyIf;
import dev.migrator.sql.Placeholders;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of a script whether it is to run here, by its own condition and by the one in the file beside it. */
final class Conditions {

    private final Set<String> environments;
    private final Placeholders placeholders;

    Conditions(Set<String> environments, Placeholders placeholders) {
        this.environments = environments;
        this.placeholders = placeholders;
    }

    /**
     * Why it is not to run, or null if it is.
     *
     * @throws IllegalArgumentException if the condition in the file cannot be decided
     */
    @Nullable
    String against(@Nullable OnlyIf onlyIf, ScriptConf conf) {
        if (onlyIf != null && !onlyIf.holdsIn(environments)) {
            return onlyIf + " does not hold: " + here();
        }
        ScriptConf.Condition condition = conf.condition();
        return condition != null && !condition.holds(placeholders) ? condition + " does not hold" : null;
    }

    private String here() {
        return environments.isEmpty()
                ? "no environment is given"
                : environments.size() == 1
                        ? "the environment is " + environments.iterator().next()
                        : "the environments are "
                                + String.join(
                                        ", ", environments.stream().sorted().toList());
    }
}
