package dev.migrator.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest says. */
final class ManifestVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"migrator " + (version == null ? "(not packaged)" : version)};
    }
}
