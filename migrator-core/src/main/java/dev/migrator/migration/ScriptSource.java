package dev.migrator.migration;

import java.io.IOException;
import java.io.InputStream;

/** Where a script's bytes come from. A script is read twice, so this opens a new stream each time. */
@FunctionalInterface
public interface ScriptSource {

    /** Opens the script at its beginning; the caller closes it. */
    InputStream open() throws IOException;
}
