package dev.migrator.benchmarks;

import java.nio.charset.StandardCharsets;

/** The sorts of text that scripts are made of; each is a piece that is repeated, with numbers in it that go up. */
public enum SqlText {

    /** Tables, indexes, comments, constraints: many short tokens. */
    DDL("""
            -- Orders of the shop, version %1$d
            CREATE TABLE orders_%1$d (
                id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
                state       text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'paid', 'sent', 'returned')),
                total       numeric(12, 2) NOT NULL DEFAULT 0.00,
                "Note"      varchar(200),
                created_at  timestamptz NOT NULL DEFAULT now()
            );
            CREATE INDEX orders_%1$d_by_customer ON orders_%1$d (customer_id, created_at DESC) WHERE state <> 'returned';
            COMMENT ON TABLE orders_%1$d IS 'What a customer''s basket became; one row each';
            ALTER TABLE customers ADD COLUMN IF NOT EXISTS last_order_%1$d bigint;

            """),

    /** One row each, with a long literal in which there are quotes and semicolons. */
    INSERTS("""
            INSERT INTO reviews (id, book_id, stars, text, at) VALUES (%1$d, 4711, 5, 'It''s a book to read twice; the first time \
            for what happens, and the second time for how it is told - with all the small things that one does not see before one \
            knows how they end. Größe, Straße, naïve café: the translation is good, too.', '2026-11-21 09:49:25+00');
            """),

    /** A function in dollar quotes, with comments of both sorts in front. */
    FUNCTIONS("""
            /* Keeps the number of copies right.
               Called by a trigger; number %1$d. */
            CREATE OR REPLACE FUNCTION take_copies_%1$d() RETURNS trigger LANGUAGE plpgsql AS $body$
            DECLARE
                left_over int; -- what is on the shelf
            BEGIN
                UPDATE stock SET copies = copies - NEW.copies WHERE isbn = NEW.isbn RETURNING copies INTO left_over;
                IF left_over < 0 THEN
                    RAISE EXCEPTION 'only % copies of % are left', left_over + NEW.copies, NEW.isbn USING ERRCODE = '23514';
                END IF;
                EXECUTE format($q$ SELECT pg_notify('stock', %L) $q$, NEW.isbn || ';' || left_over);
                RETURN NEW;
            END $body$;

            """),

    /** Data of a dump. */
    COPY("COPY public.sales (id, isbn, sold_at, copies, note) FROM STDIN;\n", """
            %1$d\t9780141439587\t2026-11-21 09:49:25.810731+00\t2\tsold at the fair; a \\t in it, and some words that go on
            """, 5_000, "\\.\n\n"),

    /** Some of each, as a dump with code in it has: about half of the bytes are data. */
    MIXED("");

    private final String head;
    private final String piece;
    private final int times;
    private final String tail;

    SqlText(String piece) {
        this("", piece, 1, "");
    }

    SqlText(String head, String piece, int times, String tail) {
        this.head = head;
        this.piece = piece;
        this.times = times;
        this.tail = tail;
    }

    /** A script of at least so many bytes, cut behind a piece, in UTF-8. */
    public byte[] bytes(int size) {
        StringBuilder text = new StringBuilder(size + size / 8);
        for (int number = 1; text.length() < size; number++) {
            if (this == MIXED) {
                mix(text, number);
            } else {
                append(text, number, times);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void mix(StringBuilder text, int number) {
        for (int i = 0; i < 4; i++) {
            DDL.append(text, 4 * number + i, 1);
            FUNCTIONS.append(text, 4 * number + i, 1);
        }
        for (int i = 0; i < 10; i++) {
            INSERTS.append(text, 10 * number + i, 1);
        }
        COPY.append(text, number, 120);
    }

    private void append(StringBuilder text, int number, int rows) {
        text.append(head);
        for (int i = 0; i < rows; i++) {
            text.append(piece.replace("%1$d", Integer.toString(number * rows + i)));
        }
        text.append(tail);
    }
}
