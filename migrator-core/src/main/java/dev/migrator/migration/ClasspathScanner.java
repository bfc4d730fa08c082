package dev.migrator.migration;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Collection;
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
        boolean exists = false;
        for (URL root : resources(folder)) {
            exists |= "file".equals(root.getProtocol()) ? scanDirectory(root, found) : scanJar(root, found);
        }
        return exists || scanJarsWithoutFolders(folder, found);
    }

    /** Some packagers leave out a jar's entries for folders; then a class loader knows the files, but not their folder. */
    private boolean scanJarsWithoutFolders(String folder, Consumer<Script> found) throws IOException {
        boolean exists = false;
        for (URL manifest : resources(JarFile.MANIFEST_NAME)) {
            URLConnection connection = manifest.openConnection();
            if (connection instanceof JarURLConnection jarConnection) {
                exists |= scanJar(jarConnection.getJarFile(), folder + "/", found);
            }
        }
        return exists;
    }

    private Collection<URL> resources(String name) throws IOException {
        Map<String, URL> urls = new LinkedHashMap<>();
        for (Enumeration<URL> resources = loader.getResources(name); resources.hasMoreElements(); ) {
            URL url = resources.nextElement();
            urls.putIfAbsent(url.toExternalForm(), url);
        }
        return urls.values();
    }

    private static boolean scanDirectory(URL root, Consumer<Script> found) throws IOException {
        try {
            URI uri = root.toURI();
            // a path of other letters, or on another host, is more than the locale may let a File say
            return uri.getRawAuthority() == null && uri.getRawPath().indexOf('%') < 0
                    ? DirectoryScanner.scan(new File(uri), found)
                    : PathScanner.scan(Path.of(uri), "", found);
        } catch (URISyntaxException e) {
            throw new IOException("The class path has an entry that is no path: " + root, e);
        }
    }

    private static boolean scanJar(URL root, Consumer<Script> found) throws IOException {
        if (!(root.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("The class path has an entry that cannot be listed: " + root);
        }
        String entryName = connection.getEntryName();
        String prefix = entryName == null ? "" : entryName.endsWith("/") ? entryName : entryName + "/";
        return scanJar(connection.getJarFile(), prefix, found);
    }

    private static boolean scanJar(JarFile jar, String prefix, Consumer<Script> found) {
        boolean exists = false;
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.startsWith(prefix)) {
                exists = true;
                if (!entry.isDirectory()) {
                    found.accept(new Script(
                            name.substring(prefix.length()),
                            jar.getName() + "!/" + name,
                            () -> jar.getInputStream(entry)));
                }
            }
        }
        return exists;
    }
}
