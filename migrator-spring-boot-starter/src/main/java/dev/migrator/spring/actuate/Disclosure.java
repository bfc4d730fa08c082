package dev.migrator.spring.actuate;

import dev.migrator.MigratorStatus;
import java.util.Set;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

/**
 * Who may see the details of migrations: SQL, the words of errors, and where and by whom they were run.
 *
 * @param show whether anybody may, or somebody with one of the roles; nobody who has not proved who he is counts as somebody
 * @param roles the roles; empty for everybody who has proved who he is
 */
public record Disclosure(Show show, Set<String> roles) {

    /** Whether this reader may see them. */
    public boolean allows(SecurityContext reader) {
        return show.isShown(reader, roles) && (show == Show.ALWAYS || !roles.isEmpty() || KnownReader.isThere(reader));
    }

    /** As much of it as this reader may see. */
    MigratorStatus of(MigratorStatus status, SecurityContext reader) {
        return allows(reader) ? status : Redaction.of(status);
    }
}
