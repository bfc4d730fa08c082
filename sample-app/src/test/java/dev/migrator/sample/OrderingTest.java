package dev.migrator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrderingTest {

    private static final String EMMA = "9780141439587";
    private static final String GOOD_OMENS = "9780552137034";
    private static final String MOBY_DICK = "9780142437247";

    private final RestTestClient shop;

    OrderingTest(@LocalServerPort int port) {
        shop = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    private int customer;

    @BeforeEach
    void somebodyHasAnAccount() {
        customer = id(post("/customers", Map.of("name", "Ada", "email", UUID.randomUUID() + "@example.org")));
    }

    @Test
    void anOrderTakesItsCopiesFromStock() {
        int before = copiesOf(EMMA);

        ResponseSpec placed = post("/orders", order(EMMA, 2));

        placed.expectStatus().isCreated();
        int id = id(placed);
        get("/orders/" + id)
                .jsonPath("$.customer")
                .isEqualTo(customer)
                .jsonPath("$.status")
                .isEqualTo("placed")
                .jsonPath("$.lines[0].title")
                .isEqualTo("Emma")
                .jsonPath("$.lines[0].copies")
                .isEqualTo(2)
                .jsonPath("$.total")
                .isEqualTo(16.98);
        get("/customers/" + customer + "/orders").jsonPath("$[0].id").isEqualTo(id);
        assertThat(copiesOf(EMMA)).isEqualTo(before - 2);
    }

    @Test
    void anOrderForMoreThanThereIsIsRefusedAsAWhole() {
        int before = copiesOf(EMMA);

        post("/orders", order(EMMA, 1, MOBY_DICK, 1000))
                .expectStatus()
                .isEqualTo(409)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("There are not 1000 copies of " + MOBY_DICK + " left.");

        assertThat(copiesOf(EMMA)).isEqualTo(before);
        get("/customers/" + customer + "/orders").jsonPath("$").isEmpty();
    }

    @Test
    void aCancelledOrderReturnsToStock() {
        int before = copiesOf(GOOD_OMENS);
        int id = id(post("/orders", order(GOOD_OMENS, 3)));

        post("/orders/" + id + "/cancellation", null).expectStatus().isOk();

        assertThat(copiesOf(GOOD_OMENS)).isEqualTo(before);
        post("/orders/" + id + "/payment", null)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("The order is cancelled and cannot be paid.");
    }

    @Test
    void aPaidOrderIsShipped() {
        int id = id(post("/orders", order(GOOD_OMENS, 1)));

        post("/orders/" + id + "/shipment", null).expectStatus().isEqualTo(409);
        post("/orders/" + id + "/payment", null).expectStatus().isOk();
        post("/orders/" + id + "/shipment", null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("shipped");
    }

    @Test
    void salesAreReported() {
        post("/orders", order("9780140621334", 2)).expectStatus().isCreated();

        get("/sales")
                .jsonPath("$[?(@.title == 'Three Men in a Boat')].copies")
                .isEqualTo(2)
                .jsonPath("$[?(@.title == 'Three Men in a Boat')].revenue")
                .isEqualTo(10.98);
    }

    @Test
    void aNewBookCanBeSoldOnceItIsDelivered() {
        Map<String, Object> book = Map.of(
                "isbn",
                "9780060853983",
                "title",
                "Stardust",
                "authors",
                List.of("Neil Gaiman", "Charles Vess"),
                "price",
                12.5);
        post("/books", book).expectStatus().isCreated().expectHeader().location("/books/9780060853983");
        post("/books", book).expectStatus().isEqualTo(409);
        post("/orders", order("9780060853983", 1)).expectStatus().isEqualTo(409);

        post("/books/9780060853983/deliveries", Map.of("copies", 5))
                .expectStatus()
                .isOk();

        post("/orders", order("9780060853983", 1)).expectStatus().isCreated();
        get("/books?author=Neil Gaiman")
                .jsonPath("$[0].title")
                .isEqualTo("Good Omens")
                .jsonPath("$[0].authors")
                .isEqualTo(List.of("Terry Pratchett", "Neil Gaiman"))
                .jsonPath("$[1].title")
                .isEqualTo("Stardust")
                .jsonPath("$[1].inStock")
                .isEqualTo(4);
        get("/authors").jsonPath("$[?(@.name == 'Neil Gaiman')].books").isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        shop.get().uri("/books/9780000000000").exchange().expectStatus().isNotFound();
        shop.get().uri("/orders/999999").exchange().expectStatus().isNotFound();
        shop.get().uri("/customers/999999").exchange().expectStatus().isNotFound();
        post("/orders", Map.of("customer", 999_999, "lines", List.of(line(EMMA, 1))))
                .expectStatus()
                .isEqualTo(422);
        post("/orders", order("9780000000000", 1)).expectStatus().isEqualTo(422);
    }

    @Test
    void anInvalidRequestNamesItsFields() {
        post("/customers", Map.of("name", " ", "email", "ada"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors.name")
                .isEqualTo("must not be blank")
                .jsonPath("$.errors.email")
                .exists();
        post("/orders", order(EMMA, 0)).expectStatus().isBadRequest();
    }

    private Map<String, Object> order(String isbn, int copies) {
        return Map.of("customer", customer, "lines", List.of(line(isbn, copies)));
    }

    private Map<String, Object> order(String isbn, int copies, String other, int otherCopies) {
        return Map.of("customer", customer, "lines", List.of(line(isbn, copies), line(other, otherCopies)));
    }

    private static Map<String, Object> line(String isbn, int copies) {
        return Map.of("isbn", isbn, "copies", copies);
    }

    private int copiesOf(String isbn) {
        return number(shop.get().uri("/books/" + isbn).exchange(), "inStock");
    }

    private ResponseSpec post(String uri, @Nullable Object body) {
        RestTestClient.RequestBodySpec request = shop.post().uri(uri).contentType(MediaType.APPLICATION_JSON);
        return (body == null ? request : request.body(body)).exchange();
    }

    private RestTestClient.BodyContentSpec get(String uri) {
        return shop.get().uri(uri).exchange().expectStatus().isOk().expectBody();
    }

    private static int id(ResponseSpec answer) {
        return number(answer, "id");
    }

    private static int number(ResponseSpec answer, String field) {
        Map<String, Object> body = answer.expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
        assertThat(body).containsKey(field);
        return (Integer) body.get(field);
    }
}
