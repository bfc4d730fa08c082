package dev.migrator.migration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds a jar, as packagers do: with or without entries for the folders, and with other jars in it. */
final class JarBuilder {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final boolean folders;

    private JarBuilder(boolean folders) {
        this.folders = folders;
        with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\n");
    }

    static JarBuilder withFolders() {
        return new JarBuilder(true);
    }

    static JarBuilder withoutFolders() {
        return new JarBuilder(false);
    }

    JarBuilder with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    JarBuilder with(String name, byte[] bytes) {
        if (folders) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                entries.put(name.substring(0, slash + 1), new byte[0]);
            }
        }
        entries.put(name, bytes);
        return this;
    }

    /** Everything is stored: that is how a jar in an executable jar has to be. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(each.getValue());
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setSize(each.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
