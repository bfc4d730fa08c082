@NullMarked
package dev.migrator.sample.migrations;

import org.jspecify.annotations.NullMarked;
