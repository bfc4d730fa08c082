package dev.migrator.cli;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sits before a terminal, and answers what is asked, be it shown or not; null is the end of the input. */
record Person(UnaryOperator<@Nullable String> answers) implements Terminal {

    @Override
    public @Nullable String readPassword(String prompt) {
        return answers.apply(prompt);
    }

    @Override
    public @Nullable String readLine(String prompt) {
        return answers.apply(prompt);
    }
}
