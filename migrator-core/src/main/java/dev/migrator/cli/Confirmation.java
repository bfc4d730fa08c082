package dev.migrator.cli;

import dev.migrator.run.ConfigurationException;
import java.util.Locale;
import java.util.Set;

/**
 * Asks before something is done that cannot be taken back: {@code --yes} has answered already, and where there is neither
 * that nor a terminal, it is not done.
 */
final class Confirmation {

    private static final Set<String> YES = Set.of("y", "yes");

    private final Shell shell;
    private final ConfirmOptions options;

    Confirmation(Shell shell, ConfirmOptions options) {
        this.shell = shell;
        this.options = options;
    }

    /**
     * Returns if it may be done.
     *
     * @param question what is going to be done, with its question mark
     * @throws ConfigurationException if it may not, or nobody is there to ask
     */
    void require(String question) {
        if (options.yes()) {
            return;
        }
        Terminal terminal = shell.terminal();
        if (terminal == null) {
            throw new ConfigurationException(
                    "This has to be confirmed, and there is no terminal to ask on: " + question,
                    "nothing was done; it is as it was.",
                    "Give --yes, if it is to be done.",
                    null);
        }
        String answer = new Prompt(terminal).ask(question + " [y/N] ");
        if (answer == null || !YES.contains(answer.strip().toLowerCase(Locale.ROOT))) {
            throw new ConfigurationException(
                    "It was not confirmed.", "nothing was done; it is as it was.", "Answer y, or give --yes.", null);
        }
    }
}
