/**
 * What happens when somebody types {@code java -jar app.jar migrations …}? The application's context is prepared as for any
 * start, as far as its bean definitions; then the command runs on its migrators, and the process ends. No server is started,
 * no listener, scheduler or runner, and no bean is made that the migrators do not need.
 *
 * <p>Belongs here: the way from the arguments to the commands of {@code dev.migrator.cli} and back to an exit code; nothing
 * that a command does itself.
 */
@NullMarked
package dev.migrator.spring.command;

import org.jspecify.annotations.NullMarked;
