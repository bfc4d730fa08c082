package dev.migrator.sql;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The forms of statements that mean more than an ordinary one. Where several are met, the one that is complete last counts,
 * and of those the one that stands last here.
 *
 * <p>What cannot run in a transaction block is what calls {@code PreventInTransactionBlock} in PostgreSQL 14 to 18. What only
 * the server can know is not here: CALL and DO with a COMMIT inside, REINDEX and CLUSTER of partitioned tables.
 */
final class Forms {

    private static final List<Form> ALL = List.of(
            Form.of(Meaning.BEGIN, "BEGIN"),
            Form.of(Meaning.BEGIN, "START TRANSACTION"),
            Form.of(Meaning.COMMIT, "COMMIT"),
            Form.of(Meaning.COMMIT, "END"),
            Form.of(Meaning.COMMIT_AND_CHAIN, "COMMIT … AND CHAIN"),
            Form.of(Meaning.COMMIT_AND_CHAIN, "END … AND CHAIN"),
            Form.of(Meaning.ROLLBACK, "ROLLBACK"),
            Form.of(Meaning.ROLLBACK, "ABORT"),
            Form.of(Meaning.ROLLBACK_AND_CHAIN, "ROLLBACK … AND CHAIN"),
            Form.of(Meaning.ROLLBACK_AND_CHAIN, "ABORT … AND CHAIN"),
            Form.of(Meaning.ORDINARY, "ROLLBACK … TO"),
            Form.of(Meaning.PREPARE_TRANSACTION, "PREPARE TRANSACTION"),
            // ProcessUtility: these three never may
            Form.of(Meaning.OUTSIDE_TRANSACTION, "COMMIT PREPARED"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ROLLBACK PREPARED"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ALTER SYSTEM"),
            Form.of(Meaning.DISCARD_ALL, "DISCARD ALL"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "CREATE DATABASE"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "DROP DATABASE"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ALTER DATABASE … SET TABLESPACE"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "CREATE TABLESPACE"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "DROP TABLESPACE"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "CREATE INDEX CONCURRENTLY"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "CREATE UNIQUE INDEX CONCURRENTLY"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "DROP INDEX CONCURRENTLY"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ALTER TABLE … DETACH PARTITION … CONCURRENTLY"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "VACUUM"),
            // without a table it takes all of them, each in its own transaction
            Form.of(Meaning.OUTSIDE_TRANSACTION, "CLUSTER"),
            Form.of(Meaning.ORDINARY, "CLUSTER *"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "CLUSTER VERBOSE"),
            Form.of(Meaning.ORDINARY, "CLUSTER VERBOSE *"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "REINDEX DATABASE"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "REINDEX SCHEMA"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "REINDEX SYSTEM"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "REINDEX INDEX CONCURRENTLY"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "REINDEX TABLE CONCURRENTLY"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "REINDEX (CONCURRENTLY=ON)"),
            // subscriptioncmds.c: whenever it talks to the publisher about a slot
            Form.of(Meaning.OUTSIDE_TRANSACTION, "CREATE SUBSCRIPTION"),
            Form.of(Meaning.ORDINARY, "CREATE SUBSCRIPTION … (CONNECT=OFF)"),
            Form.of(Meaning.ORDINARY, "CREATE SUBSCRIPTION … (CREATE_SLOT=OFF)"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "DROP SUBSCRIPTION"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ALTER SUBSCRIPTION … REFRESH"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ALTER SUBSCRIPTION … SET PUBLICATION"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ALTER SUBSCRIPTION … ADD PUBLICATION"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ALTER SUBSCRIPTION … DROP PUBLICATION"),
            Form.of(Meaning.ORDINARY, "ALTER SUBSCRIPTION … PUBLICATION … (REFRESH=OFF)"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ALTER SUBSCRIPTION … SET (FAILOVER)"),
            Form.of(Meaning.OUTSIDE_TRANSACTION, "ALTER SUBSCRIPTION … SET (TWO_PHASE)"),
            Form.of(Meaning.ADD_ENUM_VALUE, "ALTER TYPE … ADD VALUE"),
            Form.of(Meaning.COPY_FROM_STDIN, "COPY … FROM STDIN"),
            Form.of(Meaning.ROUTINE, "CREATE FUNCTION"),
            Form.of(Meaning.ROUTINE, "CREATE PROCEDURE"),
            Form.of(Meaning.ROUTINE, "CREATE OR REPLACE FUNCTION"),
            Form.of(Meaning.ROUTINE, "CREATE OR REPLACE PROCEDURE"),
            // the server reports this parameter, and psql's lexer follows it
            Form.of(Meaning.STANDARD_STRINGS, "SET … STANDARD_CONFORMING_STRINGS TO"),
            Form.of(Meaning.BACKSLASH_ESCAPES, "SET … STANDARD_CONFORMING_STRINGS TO OFF"),
            Form.of(Meaning.STANDARD_STRINGS, "RESET STANDARD_CONFORMING_STRINGS"),
            Form.of(Meaning.STANDARD_STRINGS, "RESET ALL"));

    private static final Map<Word, List<Form>> BY_HEAD = ALL.stream()
            .collect(Collectors.groupingBy(Form::head, () -> new EnumMap<>(Word.class), Collectors.toList()));

    private Forms() {}

    /** The forms of statements that begin with this word. */
    static List<Form> of(Word head) {
        return BY_HEAD.getOrDefault(head, List.of());
    }
}
