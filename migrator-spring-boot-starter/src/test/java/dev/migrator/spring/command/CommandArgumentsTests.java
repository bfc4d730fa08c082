package dev.migrator.spring.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandArgumentsTests {

    @Test
    void onlyTheFirstArgumentMakesItACommand() {
        assertThat(CommandArguments.are("migrations")).isTrue();
        assertThat(CommandArguments.are("migrations", "status")).isTrue();
        assertThat(CommandArguments.are()).isFalse();
        assertThat(CommandArguments.are("status", "migrations")).isFalse();
        assertThat(CommandArguments.are("--migrations")).isFalse();
    }

    @Test
    void whatHasADotBeforeItsEqualsSignIsAProperty() {
        CommandArguments arguments = CommandArguments.of(
                "migrations",
                "repair",
                "V1.2__x.sql",
                "--migrator.target=1=2",
                "--resume-after=3",
                "--migrator=my.bean",
                "--spring.profiles.active=prod",
                "--verbose");

        assertThat(arguments.properties()).containsExactly("--migrator.target=1=2", "--spring.profiles.active=prod");
        assertThat(arguments.command())
                .containsExactly("repair", "V1.2__x.sql", "--resume-after=3", "--migrator=my.bean", "--verbose");
        assertThat(arguments.verbose()).isTrue();
    }
}
