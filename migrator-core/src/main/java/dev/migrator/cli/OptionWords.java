package dev.migrator.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Says in a shell's words what the library says in an application's: {@code migrator.lock.max-wait} is here
 * {@code --lock-max-wait}, and {@code migrator.locations}, which has several values, is {@code --location}.
 */
record OptionWords(CommandSpec command) {

    private static final Pattern PROPERTY = Pattern.compile("\\bmigrator\\.([a-z]+(?:[.-][a-z]+)*)");

    /** The advice with each property that is an option of this command as this option. */
    String in(String advice) {
        return PROPERTY.matcher(advice).replaceAll(found -> {
            String option = "--" + found.group(1).replace('.', '-');
            String one = option.substring(0, option.length() - 1);
            return Matcher.quoteReplacement(isKnown(option) ? option : isKnown(one) ? one : found.group());
        });
    }

    private boolean isKnown(String option) {
        return command.findOption(option) != null;
    }
}
