package dev.migrator.sample.deploy;

import java.util.Map;

/** The services of a compose file. */
record ComposeFile(Map<String, Object> document) {

    /** The settings of a service. */
    Map<String, Object> service(String name) {
        return map(map(document, "services"), name);
    }

    /** A setting that is a map itself. */
    static Map<String, Object> map(Map<String, Object> settings, String name) {
        @SuppressWarnings("unchecked")
        Map<String, Object> map = (Map<String, Object>) settings.get(name);
        if (map == null) {
            throw new AssertionError("There is no " + name + " in " + settings);
        }
        return map;
    }

    /** The major version of the database. */
    int postgresVersion() {
        return Integer.parseInt(
                String.valueOf(service("database").get("image")).replaceFirst("^postgres:([0-9]+)$", "$1"));
    }
}
