package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a list is read as the server reads it. */
class NameListTest extends DatabaseTest {

    @Test
    void eachNameIsALiteral() {
        assertThat(NameList.literals("\"$user\", public,tenant-1 , \"od,d\"\"\", \"it's\""))
                .containsExactly("'$user'", "'public'", "'tenant-1'", "'od,d\"'", "'it''s'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "\"$user\", public",
                "$user,public",
                "tenant-1",
                "order,user,default,1a,select",
                " Shop\t,\n\"Shop\" , SH\u00d6P ",
                "\"a,b\"\"c\",\"d'\\\"",
                "a\"b\"c",
            })
    void aSetOfTheLiteralsMeansWhatTheServerReadsInTheList(String list) throws SQLException {
        for (String schema : List.of(
                "tenant-1", "order", "default", "1a", "shop", "Shop", "sh\u00d6p", "a,b\"c", "d'\\", "a\"b\"c")) {
            database.execute("CREATE SCHEMA " + Quoting.identifier(schema));
        }

        assertThat(schemasAfter("SET search_path = " + String.join(", ", NameList.literals(list))))
                .isEqualTo(schemasAfter(
                        "SELECT pg_catalog.set_config('search_path', " + Quoting.literal(list) + ", false)"));
    }

    private String schemasAfter(String setting) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(setting);
            try (ResultSet row = statement.executeQuery("SELECT pg_catalog.current_schemas(true)")) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
