package dev.migrator.crash;

import dev.migrator.testing.Scripts;
import java.nio.file.Path;

/** A history with every shape of migration that the runner treats in a way of its own. */
final class EveryShape {

    private EveryShape() {}

    /** The scripts in a folder, and the migration that is none. */
    static String[] locations(Path folder) {
        return new String[] {"filesystem:" + folder, "classpath:dev/migrator/crash/shapes"};
    }

    /** Those that consist of transactions alone, which run behind a pooler too. */
    static void writeTransactionsTo(Scripts scripts) {
        scripts.with("V1__tables.sql", """
                        CREATE TYPE mood AS ENUM ('calm', 'cross');
                        CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, mood mood NOT NULL DEFAULT 'calm');
                        INSERT INTO customers (id, name) SELECT n, 'customer ' || n FROM generate_series(1, 200) n;
                        CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, total numeric(10,2));
                        INSERT INTO orders SELECT n, 1 + n % 200, n * 1.5 FROM generate_series(1, 500) n;
                        CREATE INDEX orders_old ON orders (total);
                        """)
                .with("V2__functions.sql", """
                        CREATE FUNCTION tax(amount numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $body$
                        BEGIN
                            -- a semicolon; and a quote '
                            RETURN round(amount * 0.19, 2);
                        END $body$;
                        CREATE FUNCTION doubled(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT n * 2; END;
                        DO $$ BEGIN UPDATE orders SET total = total + tax(total); END $$;
                        """)
                .with("V2.1__new_value.sql", """
                        ALTER TYPE mood ADD VALUE 'sad' BEFORE 'cross';
                        UPDATE customers SET mood = 'sad' WHERE id % 7 = 0;
                        """)
                .with("V4__data.sql", """
                        CREATE TABLE countries (code text PRIMARY KEY, name text);
                        COPY countries FROM stdin;
                        de\tGermany
                        fr\tFrance
                        \\.
                        INSERT INTO countries VALUES ('it', 'Italy');
                        COPY countries (code) FROM stdin;
                        es
                        \\.
                        """)
                .with("V5__own_transactions.sql", """
                        BEGIN;
                        CREATE TABLE notes (id int, text text);
                        INSERT INTO notes VALUES (1, 'first');
                        COMMIT;
                        BEGIN;
                        INSERT INTO notes VALUES (2, 'second');
                        UPDATE notes SET text = text || '!';
                        COMMIT;
                        """)
                .with("V8__more.sql", """
                        ALTER TABLE orders ADD COLUMN note text DEFAULT 'none';
                        INSERT INTO orders (id) VALUES (1003);
                        """)
                .with("R__summary.sql", "CREATE OR REPLACE VIEW summary AS SELECT count(*) FROM orders;");
    }

    /** Those that need a session of their own. */
    static void writeOthersTo(Scripts scripts) {
        scripts.with("V3__in_segments.sql", """
                        ALTER TYPE mood ADD VALUE 'glad';
                        UPDATE customers SET mood = 'glad' WHERE id % 2 = 0;
                        CREATE INDEX CONCURRENTLY orders_customer ON orders (customer);
                        INSERT INTO orders VALUES (1001, 1, 1);
                        DROP INDEX CONCURRENTLY orders_old;
                        ALTER TABLE customers ADD COLUMN since date;
                        CREATE UNIQUE INDEX CONCURRENTLY ON customers (name);
                        VACUUM ANALYZE orders;
                        INSERT INTO orders VALUES (1002, 2, 2);
                        """)
                .with("V7__data_and_index.sql", """
                        SET work_mem = '8MB';
                        COPY notes FROM stdin;
                        3\tthird
                        \\.
                        CREATE INDEX CONCURRENTLY notes_id ON notes (id);
                        COPY notes FROM stdin;
                        4\tfourth
                        \\.
                        """)
                .with("V9__outside.sql", """
                        -- migrator: transaction=none
                        CREATE TABLE visits (id int);
                        INSERT INTO visits VALUES (1);
                        INSERT INTO visits VALUES (2);
                        UPDATE visits SET id = id + 10;
                        """);
    }
}
