package dev.migrator.run;

/**
 * A statement that fails, by a division by zero, if something is not as it has to be.
 *
 * @param meaning what is wrong then
 * @param passing whether that passes by itself, so that the transaction is to be tried again
 */
record Guard(String meaning, String statement, boolean passing) {

    static Guard of(String meaning, String statement) {
        return new Guard(meaning, statement, false);
    }
}
