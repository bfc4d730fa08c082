package dev.migrator.crash.shapes;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import java.sql.PreparedStatement;
import java.sql.Statement;

/** Sends one statement after the other, as Java migrations do. */
final class V6__Greet_customers implements JavaMigration {

    @Override
    public void migrate(MigrationContext context) throws Exception {
        try (Statement statement = context.connection().createStatement()) {
            statement.execute("CREATE TABLE greetings (customer int, text text)");
        }
        try (PreparedStatement insert =
                context.connection().prepareStatement("INSERT INTO greetings VALUES (?, 'Hello ' || ?)")) {
            for (int customer = 1; customer <= 5; customer++) {
                insert.setInt(1, customer);
                insert.setString(2, "customer " + customer);
                insert.executeUpdate();
            }
        }
    }
}
