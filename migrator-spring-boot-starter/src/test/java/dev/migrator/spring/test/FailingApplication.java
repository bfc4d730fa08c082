package dev.migrator.spring.test;

import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Has a thread that would keep the process alive for ever. */
public final class FailingApplication {

    private FailingApplication() {}

    public static void main(String[] args) {
        new Thread(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        try {
                            Thread.sleep(1000);
                        } catch (InterruptedException ex) {
                            return;
                        }
                    }
                })
                .start();
        SpringApplication application = new SpringApplication(WebApplication.class, Two.class);
        application.run(args);
    }

    @Configuration(proxyBeanMethods = false)
    @Profile("two")
    static class Two {

        @Bean
        DataSource one() {
            return new DriverManagerDataSource(Postgres.unreachable());
        }

        @Bean
        DataSource two() {
            return new DriverManagerDataSource(Postgres.unreachable());
        }
    }
}
