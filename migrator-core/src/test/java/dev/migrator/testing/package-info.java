/** What tests of several rooms share: a database of their own, and folders of migrations. */
@NullMarked
package dev.migrator.testing;

import org.jspecify.annotations.NullMarked;
