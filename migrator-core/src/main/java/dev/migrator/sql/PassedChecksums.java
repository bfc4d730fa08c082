package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/** The sums of what has been passed of a script: of its text as it stands and, where asked for, of its text after placeholders. */
final class PassedChecksums {

    private final Checksum raw = new Checksum();
    /** Of the text after placeholders; null where nobody asks for it. */
    private @Nullable Checksum replaced;

    private long summed;

    /** Sums up the text after placeholders too. Only before anything is added. */
    void sumReplaced() {
        replaced = new Checksum();
    }

    /** Adds what has not been added yet, up to an index of a buffer that begins at the given offset of the script. */
    void addUpTo(int end, byte[] buffer, long base) {
        int from = (int) (summed - base);
        raw.update(buffer, from, end - from);
        if (replaced != null) {
            replaced.update(buffer, from, end - from);
        }
        summed = base + end;
    }

    /** As {@link #addUpTo}, but for what begins at an index: after placeholders, it is other bytes that count. */
    void replace(int from, int end, byte[] buffer, long base, byte[] instead) {
        Checksum other = replaced;
        if (other == null) {
            return;
        }
        addUpTo(from, buffer, base);
        raw.update(buffer, from, end - from);
        other.update(instead, 0, instead.length);
        summed = base + end;
    }

    /** The sum of the text as it stands. */
    String value() {
        return raw.value();
    }

    /** The sum of the text after placeholders, if {@link #sumReplaced()} has been called; else as {@link #value()}. */
    String replacedValue() {
        return (replaced == null ? raw : replaced).value();
    }
}
