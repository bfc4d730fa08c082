package dev.migrator.sample.migrations;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.migration.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Computes an ISBN-13 for each ISBN-10. Two shops had added the column by hand to try it out, so what is there already is
 * left as it is.
 */
@Component
final class V12__Give_every_book_an_isbn13 implements JavaMigration {

    private static final int BATCH = 500;

    private record Book(long id, String isbn10) {}

    @Override
    public void migrate(MigrationContext context) throws SQLException {
        Connection connection = context.connection();
        addColumn(connection, context.schema());
        List<Book> books = booksWithout(connection);
        try (PreparedStatement update = connection.prepareStatement("update books set isbn13 = ? where id = ?")) {
            for (int from = 0; from < books.size(); from += BATCH) {
                int to = Math.min(from + BATCH, books.size());
                for (Book book : books.subList(from, to)) {
                    update.setString(1, isbn13(book.isbn10()));
                    update.setLong(2, book.id());
                    update.addBatch();
                }
                update.executeBatch();
                context.progress(to, books.size());
            }
        }
    }

    /** What a shop had entered by hand before goes with the column, too. */
    @Override
    public void rollback(MigrationContext context) throws SQLException {
        try (Statement statement = context.connection().createStatement()) {
            // it shows the column; it is made anew when this migration has been applied again
            statement.execute("drop view if exists sales_by_month");
            // its index and its check go with it
            statement.execute("alter table books drop column isbn13");
        }
    }

    private static void addColumn(Connection connection, Schema schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!schema.columnExists("books", "isbn13")) {
                statement.execute("alter table books add column isbn13 text");
            }
            if (!schema.constraintExists("books", "books_isbn13_is_one")) {
                statement.execute(
                        "alter table books add constraint books_isbn13_is_one check (isbn13 ~ '^97[89][0-9]{10}$')");
            }
            if (!schema.indexExists("books_isbn13")) {
                statement.execute("create unique index books_isbn13 on books (isbn13)");
            }
        }
    }

    private static List<Book> booksWithout(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select id, isbn10 from books where isbn13 is null and isbn10 is not null order by id")) {
            List<Book> books = new ArrayList<>();
            while (rows.next()) {
                books.add(new Book(rows.getLong(1), rows.getString(2)));
            }
            return books;
        }
    }

    /** Bookland's 978 before it, and another check digit after it: weights 1 and 3 in turn, to a multiple of ten. */
    static String isbn13(String isbn10) {
        String digits = "978" + isbn10.substring(0, 9);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += Character.digit(digits.charAt(i), 10) * (i % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }
}
