package dev.migrator.spring.rest;

import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database and a folder with the scripts of a bookshop, and what takes its backups. */
record Shop(String database, Path folder, Snapshots snapshots) {

    /** How many the application's pool has. */
    static final int CONNECTIONS = 4;

    /** With migrations that do no harm. */
    static Shop in(Path folder) throws IOException {
        Shop shop = new Shop(Postgres.newDatabase(), folder, new Snapshots());
        shop.script("V1__customers.sql", """
                create table customers (id bigint generated always as identity primary key, name text not null);
                """);
        shop.script("V2__orders.sql", """
                create table orders (id bigint generated always as identity primary key, customer bigint not null);
                alter table orders add foreign key (customer) references customers;
                """);
        shop.script("U2__orders.sql", "drop table orders;\n");
        return shop;
    }

    void script(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    RunningApplication.Start application(Class<?> source, String... properties) {
        return RunningApplication.of(source)
                .database(database)
                .initialized(ctx -> ctx.getBeanFactory().registerSingleton("snapshots", snapshots))
                .with(
                        "spring.application.name=bookshop",
                        "migrator.locations=filesystem:" + folder,
                        "spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS)
                .with(properties);
    }

    RunningApplication.Start application(String... properties) {
        return application(WebApplication.class, properties);
    }

    /** Another session, which has written to the orders and does not commit. */
    Connection report() throws SQLException {
        Connection other = DriverManager.getConnection(database + "&ApplicationName=nightly-report");
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("lock table orders in row exclusive mode");
        }
        return other;
    }
}
