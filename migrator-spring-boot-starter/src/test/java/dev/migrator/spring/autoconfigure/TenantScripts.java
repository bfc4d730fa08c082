package dev.migrator.spring.autoconfigure;

import dev.migrator.spring.test.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two scripts that write down which tenant the pool has named on their connection. */
final class TenantScripts {

    private static final String TENANT = "select coalesce(current_setting('app.tenant', true), 'none')";

    private TenantScripts() {}

    /** Writes them into the folder, and says where that is. */
    static String in(Path folder) {
        try {
            Files.writeString(folder.resolve("V1__a.sql"), "create table tenants as " + TENANT + " as tenant;");
            Files.writeString(folder.resolve("V2__b.sql"), "insert into tenants " + TENANT + ";");
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return "filesystem:" + folder;
    }

    static String tenants(String url) {
        return Postgres.query(url, "select string_agg(tenant, ' ') from tenants");
    }

    static int pid(DataSource dataSource) {
        return JdbcClient.create(dataSource)
                .sql("select pg_backend_pid()")
                .query(Integer.class)
                .single();
    }
}
