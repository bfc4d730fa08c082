package dev.migrator.sample.postgres;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Starts a PostgreSQL inside, unless {@code spring.datasource.url} names a server. */
@Configuration(proxyBeanMethods = false)
@Conditional(InnerPostgresConfiguration.NoServerNamed.class)
@EnableConfigurationProperties(BookshopProperties.class)
class InnerPostgresConfiguration {

    /** The connection pool is made from this bean: so the server starts before it, and stops after it. */
    @Bean
    JdbcConnectionDetails innerPostgres(BookshopProperties properties) {
        return InnerPostgres.start(new DataDirectory(properties.dataDirectory().toAbsolutePath()));
    }

    static final class NoServerNamed extends NoneNestedConditions {

        NoServerNamed() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("spring.datasource.url")
        static final class ServerNamed {}
    }
}
