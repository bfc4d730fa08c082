package dev.migrator.migration.good;

/** Made by whoever hands it over: not to be found, and its class's name does not say that it should be. */
final class Written extends V3__Base {

    private final String name;

    Written(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }
}
