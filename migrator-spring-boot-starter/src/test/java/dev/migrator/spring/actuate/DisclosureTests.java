package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

class DisclosureTests {

    private record Reader(String name, String role) implements SecurityContext {

        @Override
        public Principal getPrincipal() {
            return name == null ? null : () -> name;
        }

        @Override
        public boolean isUserInRole(String asked) {
            return asked.equals(role);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // show, the roles that may, the reader, the reader's role, whether the reader may
        "NEVER,           , ada, ops, false",
        "NEVER,        ops, ada, ops, false",
        "ALWAYS,          ,    ,    , true",
        "ALWAYS,       ops,    ,    , true",
        "WHEN_AUTHORIZED, ,    ,    , false",
        "WHEN_AUTHORIZED, , ada,    , true",
        "WHEN_AUTHORIZED, ops, ada, ops, true",
        "WHEN_AUTHORIZED, ops, ada, shop, false",
        "WHEN_AUTHORIZED, ops,    , ops, false",
    })
    void detailsAreForThoseWhoMay(Show show, String roles, String reader, String role, boolean may) {
        Disclosure disclosure = new Disclosure(show, roles == null ? Set.of() : Set.of(roles));

        assertThat(disclosure.allows(new Reader(reader, role))).isEqualTo(may);
    }

    @Test
    void springSecuritysTokenForNobodyIsNobody() {
        Principal token = new AnonymousAuthenticationToken(
                "key", "anonymousUser", List.of(new SimpleGrantedAuthority("ANONYMOUS")));
        SecurityContext nobody = new SecurityContext() {
            @Override
            public Principal getPrincipal() {
                return token;
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }
        };

        assertThat(new Disclosure(Show.WHEN_AUTHORIZED, Set.of()).allows(nobody))
                .isFalse();
        assertThat(new Disclosure(Show.WHEN_AUTHORIZED, Set.of("OPERATOR")).allows(nobody))
                .isFalse();
        assertThat(new Disclosure(Show.ALWAYS, Set.of()).allows(nobody)).isTrue();
        assertThat(KnownReader.name(nobody)).isNull();
    }
}
