package dev.migrator.cli;

/**
 * What a command has to say when all went well.
 *
 * @param text for people; one or more lines, without the last line end
 * @param json the same for programs, for {@link JsonWriter}
 */
record Answer(String text, Record json) {}
