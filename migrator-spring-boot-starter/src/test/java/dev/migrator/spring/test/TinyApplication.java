package dev.migrator.spring.test;

import dev.migrator.spring.autoconfigure.MigratorAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application of a DataSource and a migrator, which ends when it is ready: quick to build ahead of time. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ApplicationAvailabilityAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    MigratorAutoConfiguration.class
})
public class TinyApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(TinyApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.run(args).close();
    }
}
