package dev.migrator.migration.good;

/** A migration with what usually stands around one. */
public class V2__Second extends V3__Base {

    /** Nested: no migration of its own. */
    public static final class V4__Nested extends V3__Base {}

    /** Nor is this a file. */
    private static final Runnable ANONYMOUS = new Runnable() {
        @Override
        public void run() {
            // nothing
        }
    };

    static Runnable anonymous() {
        return ANONYMOUS;
    }
}
