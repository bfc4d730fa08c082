package dev.migrator.spring.actuate;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;

/** Who asks at the endpoint, where he has proved who he is. */
final class KnownReader {

    /** By its name, for Spring Security may not be there. */
    private static final String ANONYMOUS = "org.springframework.security.authentication.AnonymousAuthenticationToken";

    private KnownReader() {}

    static boolean isThere(SecurityContext reader) {
        return principal(reader) != null;
    }

    /** The name of whoever has proved who he is, or null. */
    static @Nullable String name(SecurityContext reader) {
        Principal principal = principal(reader);
        return principal == null ? null : principal.getName();
    }

    /** WebFlux gives Spring Security's token for nobody, where one is configured; a servlet's request does not. */
    private static @Nullable Principal principal(SecurityContext reader) {
        Principal principal = reader.getPrincipal();
        for (Class<?> type = principal == null ? null : principal.getClass();
                type != null;
                type = type.getSuperclass()) {
            if (type.getName().equals(ANONYMOUS)) {
                return null;
            }
        }
        return principal;
    }
}
