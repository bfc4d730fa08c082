package dev.migrator.sample.books;

import dev.migrator.sample.web.Refused;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class BookController {

    private final Books books;

    BookController(Books books) {
        this.books = books;
    }

    @GetMapping("/books")
    List<Book> books(@RequestParam @Nullable String author) {
        return author == null ? books.all() : books.by(author);
    }

    @GetMapping("/books/{isbn}")
    Book book(@PathVariable String isbn) {
        return books.find(isbn).orElseThrow(() -> unknown(isbn));
    }

    @PostMapping("/books")
    ResponseEntity<Book> add(@RequestBody @Valid NewBook book) {
        try {
            books.add(book);
        } catch (DuplicateKeyException twice) {
            throw Refused.conflict("The shop sells the book " + book.isbn() + " already.");
        }
        return ResponseEntity.created(URI.create("/books/" + book.isbn())).body(book(book.isbn()));
    }

    @PostMapping("/books/{isbn}/deliveries")
    Book deliver(@PathVariable String isbn, @RequestBody @Valid Delivery delivery) {
        if (!books.deliver(isbn, delivery.copies())) {
            throw unknown(isbn);
        }
        return book(isbn);
    }

    @GetMapping("/authors")
    List<Author> authors() {
        return books.authors();
    }

    private static Refused unknown(String isbn) {
        return Refused.notFound("The shop does not sell a book " + isbn + ".");
    }
}
