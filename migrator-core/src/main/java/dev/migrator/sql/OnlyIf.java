package dev.migrator.sql;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a script: {@code only-if=env:production}, or {@code only-if=!env:production}.
 *
 * @param environment in which it runs, or does not; upper and lower case are the same
 * @param not whether it is meant the other way round
 */
public record OnlyIf(String environment, boolean not) {

    private static final String PREFIX = "env:";

    /** Reads what follows the equals sign; null if it is no condition. */
    static @Nullable OnlyIf parse(String text) {
        boolean not = text.startsWith("!");
        String condition = not ? text.substring(1) : text;
        return condition.startsWith(PREFIX) && condition.length() > PREFIX.length()
                ? new OnlyIf(condition.substring(PREFIX.length()), not)
                : null;
    }

    /** Whether it holds in these environments. */
    public boolean holdsIn(Collection<String> environments) {
        return environments.stream().anyMatch(environment::equalsIgnoreCase) != not;
    }

    /** As it stands in the script. */
    @Override
    public String toString() {
        return "only-if=" + (not ? "!" : "") + PREFIX + environment;
    }
}
