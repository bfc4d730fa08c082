package dev.migrator.sample.books;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The books, their authors and their stock, as the database holds them. */
@Repository
class Books {

    private static final String BOOKS = """
            select books.isbn13, books.title, books.price, coalesce(stock.copies, 0) as in_stock,
                   array(select authors.name
                         from book_authors join authors on authors.id = book_authors.author_id
                         where book_authors.book_id = books.id
                         order by book_authors.position) as authors
            from books left join stock on stock.book_id = books.id
            """;

    private final JdbcClient jdbc;

    Books(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Book> all() {
        return jdbc.sql(BOOKS + "order by books.title").query(Books::book).list();
    }

    List<Book> by(String author) {
        return jdbc.sql(BOOKS + """
                        where books.id in (select book_authors.book_id
                                           from book_authors join authors on authors.id = book_authors.author_id
                                           where authors.name = :author)
                        order by books.title
                        """).param("author", author).query(Books::book).list();
    }

    Optional<Book> find(String isbn) {
        return jdbc.sql(BOOKS + "where books.isbn13 = :isbn")
                .param("isbn", isbn)
                .query(Books::book)
                .optional();
    }

    List<Author> authors() {
        return jdbc.sql("""
                        select authors.name, count(book_authors.book_id)::int as books
                        from authors left join book_authors on book_authors.author_id = authors.id
                        group by authors.name
                        order by authors.name
                        """).query(Author.class).list();
    }

    /**
     * Adds a book of which there are no copies yet.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the shop has it already
     */
    @Transactional
    void add(NewBook book) {
        long id = jdbc.sql("insert into books (isbn13, title, price) values (:isbn, :title, :price) returning id")
                .param("isbn", book.isbn())
                .param("title", book.title())
                .param("price", book.price())
                .query(Long.class)
                .single();
        for (int position = 1; position <= book.authors().size(); position++) {
            jdbc.sql("insert into book_authors (book_id, author_id, position) values (:book, :author, :position)")
                    .param("book", id)
                    .param("author", authorId(book.authors().get(position - 1)))
                    .param("position", position)
                    .update();
        }
        jdbc.sql("insert into stock (book_id) values (:book)").param("book", id).update();
    }

    /** Puts copies on the shelf; false if there is no such book. */
    boolean deliver(String isbn, int copies) {
        return jdbc.sql("""
                                update stock set copies = stock.copies + :copies
                                from books
                                where books.id = stock.book_id and books.isbn13 = :isbn
                                """).param("copies", copies).param("isbn", isbn).update() > 0;
    }

    /** The id of the author of that name, who is added if need be. The update does nothing but make the row return. */
    private long authorId(String name) {
        return jdbc.sql("""
                        insert into authors (name) values (:name)
                        on conflict (name) do update set name = excluded.name
                        returning id
                        """).param("name", name).query(Long.class).single();
    }

    private static Book book(ResultSet row, int number) throws SQLException {
        BigDecimal price = row.getBigDecimal("price");
        List<String> authors = List.of((String[]) row.getArray("authors").getArray());
        return new Book(row.getString("isbn13"), row.getString("title"), authors, price, row.getInt("in_stock"));
    }
}
