package dev.migrator.spring.test;

import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.spring.autoconfigure.MigratorDataSource;
import dev.migrator.spring.jpa.JpaApplication;
import jakarta.annotation.PostConstruct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** An application with JPA and a web server, whose parts each leave a file in the folder {@code touched} when they are used. */
public final class TouchyApplication {

    private TouchyApplication() {}

    public static void main(String[] args) {
        System.out.println("main speaks on standard output");
        new SpringApplication(JpaApplication.class, Parts.class).run(args);
        touch("main");
    }

    private static void touch(String part) {
        try {
            Files.writeString(
                    Path.of(System.getProperty("touched"), part),
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    @Import({TwoMigrators.class, OwnDataSource.class, OwnPool.class})
    static class Parts {

        @Bean
        ApplicationRunner runner() {
            return arguments -> touch("runner");
        }

        @Bean
        ApplicationListener<WebServerInitializedEvent> web() {
            return event -> touch("web");
        }

        @Bean
        Starting lifecycle() {
            return new Starting();
        }

        @Bean
        @Lazy(false)
        Made made() {
            return new Made();
        }

        @Scheduled(fixedDelay = 1)
        void scheduled() {
            touch("scheduled");
        }

        @EventListener
        void refreshed(ContextRefreshedEvent event) {
            touch("refreshed");
        }

        @EventListener
        void ready(ApplicationReadyEvent event) {
            touch("ready");
        }

        @EventListener
        void failed(ApplicationFailedEvent event) {
            touch("failed");
        }
    }

    static final class Made {

        @PostConstruct
        void made() {
            LoggerFactory.getLogger("com.example").info("made");
            touch("made");
        }
    }

    static final class Starting implements SmartLifecycle {

        @Override
        public void start() {
            touch("lifecycle");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }

    /** The second by its name is the first by its order. */
    @Configuration(proxyBeanMethods = false)
    @Profile("two")
    static class TwoMigrators {

        @Bean
        @Order(2)
        Migrator archive(DataSource database) {
            return Migrator.builder(database).schema("archive").build();
        }

        @Bean
        @Order(1)
        Migrator shop(DataSource database) {
            return Migrator.builder(database).schema("shop").build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Profile("own")
    static class OwnDataSource {

        @Bean(defaultCandidate = false)
        @MigratorDataSource
        DataSource owner(@Value("${owners.url}") String url) {
            return new DriverManagerDataSource(url);
        }
    }

    /** As an application makes its pool that has several of them. */
    @Configuration(proxyBeanMethods = false)
    @Profile("pool")
    static class OwnPool {

        @Bean
        @ConfigurationProperties("pool")
        HikariDataSource pool() {
            return new HikariDataSource();
        }
    }
}
