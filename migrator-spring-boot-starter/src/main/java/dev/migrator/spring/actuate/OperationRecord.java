package dev.migrator.spring.actuate;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/** Keeps who has done what over the endpoint: in the log, and in the audit. The history keeps it by itself. */
final class OperationRecord {

    private static final Logger logger = LoggerFactory.getLogger(OperationRecord.class);

    private final ApplicationEventPublisher events;

    OperationRecord(ApplicationEventPublisher events) {
        this.events = events;
    }

    /**
     * Takes note of something that was done.
     *
     * @param actor who asked for it, or null where nobody is known
     */
    void done(Operation operation, String migrator, @Nullable String actor) {
        logger.info(
                "Over the endpoint, {} has asked for '{}' ('{}')",
                actor == null ? "somebody who is not known" : inOneLine(actor),
                operation.word(),
                migrator);
        try {
            events.publishEvent(new AuditApplicationEvent(
                    actor == null ? "" : actor, operation.auditType(), Map.of("migrator", migrator)));
        } catch (RuntimeException ex) {
            logger.error("The audit could not take note of '{}' ('{}')", operation.word(), migrator, ex);
        }
    }

    /** A name may come from anywhere, and must not look like another line of the log. */
    private static String inOneLine(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
