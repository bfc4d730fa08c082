package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirLongestText() {
        TextTable table = new TextTable("A", "Long title");
        table.row("\uD83D\uDE00\u00fcx", "y");

        assertThat(table).hasToString("A    Long title\n---  ----------\n\uD83D\uDE00\u00fcx  y\n");
    }

    @Test
    void aTerminalTakesNoTextForACommand() {
        TextTable table = new TextTable("A");
        table.row("\u001b[31mred\n\u009b2J");

        assertThat(table.toString()).endsWith("?[31mred??2J\n");
    }
}
