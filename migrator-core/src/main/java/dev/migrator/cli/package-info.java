/**
 * The same, from a shell: {@code java -jar migrator-cli.jar migrate|status|validate|baseline|repair|create}, or on the migrators that an
 * application has, by {@link dev.migrator.cli.ApplicationCommands}.
 *
 * <p>Belongs here: the commands, their options, and how answers are written, as text, as JSON and as a progress bar. It
 * knows {@code dev.migrator} and what that hands on; what it needs besides (picocli, the progress bar, a log, the driver)
 * stands in its own jar only.
 *
 * <p>Each command ends with one of the codes of {@link dev.migrator.run.ExitCode}. Answers go to standard output, failures
 * to standard error; with {@code --json} both are one JSON object on standard output. A password is taken from
 * {@code --password} (asked for on a terminal if it has no value), else from the URL, else from {@code MIGRATOR_PASSWORD},
 * else from the pgpass file, and is never written anywhere.
 */
@NullMarked
package dev.migrator.cli;

import org.jspecify.annotations.NullMarked;
