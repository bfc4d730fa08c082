/**
 * Whatever dies, and wherever: the next start carries on, and nothing happens twice. The client, the server and the network
 * between them are real, and really killed.
 */
@NullMarked
package dev.migrator.crash;

import org.jspecify.annotations.NullMarked;
