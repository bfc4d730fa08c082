package dev.migrator.backup;

import dev.migrator.postgres.LibpqConnection;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder with PostgreSQL's own programs.
 *
 * @param version that of its {@code pg_dump}, which refuses a server of a newer major version
 */
record ClientPrograms(Path folder, ClientVersion version) {

    private static final String INSTALL =
            "Install PostgreSQL's client programs of the server's version or a newer one (as"
                    + " the package postgresql-client), name their folder with migrator.backup.programs, or go without backups, with"
                    + " migrator.backup.mode=off.";

    /** Where packages put their versions side by side, outside of the PATH: Debian; Red Hat; macOS. */
    private static final List<Packages> PACKAGES = List.of(
            new Packages("/usr/lib/postgresql", "*", "bin"),
            new Packages("/usr", "pgsql-*", "bin"),
            new Packages("/opt/homebrew/opt", "{libpq,postgresql@*}", "bin"),
            new Packages("/Library/PostgreSQL", "*", "bin"));

    private record Packages(String parent, String pattern, String child) {

        List<Path> folders() {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(Path.of(parent), pattern)) {
                versions.forEach(version -> found.add(version.resolve(child)));
            } catch (IOException e) {
                // not that kind of machine
            }
            return found;
        }
    }

    /**
     * Looks for programs that fit the server, in the PATH first, then where packages put them: those of its own version, or else
     * those of the next newer one, whose dumps a server of its version takes most likely.
     *
     * @param given the only folder to look into, or null
     * @param serverMajor the server's major version
     * @throws BackupException if there are none, with what was found instead
     */
    static ClientPrograms find(@Nullable Path given, int serverMajor) throws BackupException {
        List<ClientPrograms> found = new ArrayList<>();
        for (Path folder : given == null ? usual() : List.of(given)) {
            ClientPrograms programs = in(folder);
            if (programs != null && programs.version().major() == serverMajor) {
                return programs;
            }
            if (programs != null) {
                found.add(programs);
            }
        }
        return found.stream()
                .filter(programs -> programs.version().major() > serverMajor)
                .min(Comparator.comparing(programs -> programs.version().major()))
                .orElseThrow(() -> unfit(given, serverMajor, found));
    }

    private static BackupException unfit(@Nullable Path given, int serverMajor, List<ClientPrograms> found) {
        return found.stream()
                .max(Comparator.comparing(programs -> programs.version().major()))
                .map(best -> BackupException.notPossible(
                        "pg_dump " + best.version().text() + " (" + best.folder() + ") is older than the server, "
                                + serverMajor,
                        INSTALL))
                .orElseGet(() -> BackupException.notPossible(
                        given == null ? "pg_dump is not installed" : "there is no pg_dump in " + given, INSTALL));
    }

    private static List<Path> usual() {
        String path = System.getenv("PATH");
        List<Path> folders = new ArrayList<>();
        if (path != null) {
            Stream.of(path.split(File.pathSeparator))
                    .filter(folder -> !folder.isEmpty())
                    .map(Path::of)
                    .forEach(folders::add);
        }
        PACKAGES.forEach(packages -> folders.addAll(packages.folders()));
        return folders;
    }

    private static @Nullable ClientPrograms in(Path folder) {
        Path dump = folder.resolve("pg_dump");
        if (!Files.isExecutable(dump) || !Files.isExecutable(folder.resolve("pg_restore"))) {
            return null;
        }
        StringBuilder answer = new StringBuilder();
        try {
            new ClientProgram(dump, null)
                    .run(
                            List.of("--version"),
                            output -> answer.append(new String(output.readAllBytes(), StandardCharsets.UTF_8)),
                            () -> {},
                            () -> false);
        } catch (IOException e) {
            return null;
        }
        ClientVersion version = ClientVersion.parse(answer.toString());
        return version == null ? null : new ClientPrograms(folder, version);
    }

    /** One of the programs, which connects as it is told. */
    ClientProgram program(String name, @Nullable LibpqConnection connection) {
        return new ClientProgram(folder.resolve(name), connection);
    }
}
