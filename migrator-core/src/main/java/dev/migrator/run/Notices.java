package dev.migrator.run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the server's notices (RAISE NOTICE, "already exists, skipping") to the log as they come; none is kept. */
final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger("dev.migrator.notices");

    private Notices() {}

    static void log(String notice) {
        LOG.info("PostgreSQL: {}", notice);
    }
}
