package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.migrator.run.ConfigurationException;
import dev.migrator.run.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ConfirmationTest {

    private static Confirmation confirmation(@Nullable Terminal terminal, String... arguments) {
        ConfirmOptions options = new ConfirmOptions();
        CommandLine.populateCommand(options, arguments);
        return new Confirmation(new Shell(Map.of(), System.out, System.err, terminal), options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", "Y", "yes", " Yes "})
    void aPersonMaySayYes(String answer) {
        List<String> asked = new ArrayList<>();
        Person person = new Person(prompt -> {
            asked.add(prompt);
            return answer;
        });

        confirmation(person).require("Take back version 3?");

        assertThat(asked).containsExactly("Take back version 3? [y/N] ");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"n", "no", "yess", "j"})
    void anythingElseIsNo(@Nullable String answer) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> confirmation(new Person(prompt -> answer)).require("Take back version 3?"))
                .satisfies(refused -> {
                    assertThat(refused.description()).isEqualTo("It was not confirmed.");
                    assertThat(refused.databaseState()).contains("nothing was done");
                    assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
                });
    }

    @Test
    void nobodyIsAskedWhereItIsConfirmedAlready() {
        Person person = new Person(prompt -> {
            throw new AssertionError(prompt);
        });

        assertThatNoException().isThrownBy(() -> confirmation(person, "--yes").require("Take back version 3?"));
        assertThatNoException().isThrownBy(() -> confirmation(null, "--yes").require("Take back version 3?"));
    }

    @Test
    void itIsRefusedWhereNobodyCanBeAsked() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> confirmation(null).require("Take back version 3?"))
                .satisfies(refused -> {
                    assertThat(refused.description()).contains("no terminal to ask on: Take back version 3?");
                    assertThat(refused.action()).contains("--yes");
                    assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
                });
    }
}
