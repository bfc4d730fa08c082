package dev.migrator.migration;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Finds the files below a class-path folder, in directories and in jars. A jar within Spring Boot's executable jar is read
 * through the {@link JarURLConnection} that Boot's loader gives for it, so that nested jars need no code of their own.
 */
final class ClasspathScanner {

    private final ClassLoader loader;

    ClasspathScanner(ClassLoader loader) {
        this.loader = loader;
    }

    /** Tells of every file below the folder, and says whether the folder exists anywhere on the class path. */
    boolean scan(String folder, Consumer<Script> found) throws IOException {
        Map<String, URL> roots = new LinkedHashMap<>();
        Enumeration<URL> urls = loader.getResources(folder);
        while (urls.hasMoreElements()) {
            URL url = urls.nextElement();
            roots.putIfAbsent(url.toExternalForm(), url);
        }
        for (URL root : roots.values()) {
            if ("file".equals(root.getProtocol())) {
                DirectoryScanner.scan(path(root), found);
            } else {
                scanJar(root, found);
            }
        }
        return !roots.isEmpty();
    }

    private static Path path(URL url) throws IOException {
        try {
            URI uri = url.toURI();
            return Path.of(uri);
        } catch (URISyntaxException e) {
            throw new IOException("The class path has an entry that is no path: " + url, e);
        }
    }

    private static void scanJar(URL root, Consumer<Script> found) throws IOException {
        if (!(root.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("The class path has an entry that cannot be listed: " + root);
        }
        JarFile jar = connection.getJarFile();
        String entryName = connection.getEntryName();
        String prefix = entryName == null ? "" : entryName.endsWith("/") ? entryName : entryName + "/";
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            String name = entry.getName();
            if (!entry.isDirectory() && name.startsWith(prefix)) {
                found.accept(new Script(
                        name.substring(prefix.length()), jar.getName() + "!" + name, () -> jar.getInputStream(entry)));
            }
        }
    }
}
