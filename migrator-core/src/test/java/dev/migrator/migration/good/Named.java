package dev.migrator.migration.good;

/** Its name says nothing, and it says its name. */
final class Named extends V3__Base {

    @Override
    public String name() {
        return "V5__Named";
    }
}
