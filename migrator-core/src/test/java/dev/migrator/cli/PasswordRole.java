package dev.migrator.cli;

import static org.awaitility.Awaitility.await;

import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A role that the server lets in with its password only; all others are trusted. */
record PasswordRole(String name, String password) {

    static PasswordRole create(TestDatabase database) throws IOException {
        PasswordRole role = new PasswordRole("password_role", "s3cret &%=?\u00fc");
        Path rules = Path.of(database.value("SHOW hba_file"));
        String rule = "host all " + role.name + " all scram-sha-256\n";
        String before = Files.readString(rules);
        if (!before.startsWith(rule)) {
            Files.writeString(rules, rule + before);
            database.execute(
                    "CREATE ROLE " + role.name + " LOGIN PASSWORD '" + role.password + "'", "SELECT pg_reload_conf()");
        }
        database.execute("GRANT ALL ON SCHEMA public TO " + role.name);
        await().until(() -> role.isRefusedWithoutPassword(database));
        return role;
    }

    private boolean isRefusedWithoutPassword(TestDatabase database) {
        try {
            DriverManager.getConnection(database.url(), name, "wrong").close();
            return false;
        } catch (SQLException e) {
            return e.getSQLState().equals("28P01");
        }
    }
}
