/** The files in {@code deploy}: what can be run here is run, the rest is read as strictly as their programs would. */
@NullMarked
package dev.migrator.sample.deploy;

import org.jspecify.annotations.NullMarked;
