package dev.migrator.migration.good;

/** No migration, but a class that one needs. */
final class Titles {

    private Titles() {}
}
