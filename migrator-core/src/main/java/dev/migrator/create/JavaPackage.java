package dev.migrator.create;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The package of a class that is written. */
record JavaPackage(String name) {

    /** Where classes are found beside the scripts of the default location. */
    private static final String DEFAULT = "db.migration";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*");

    /**
     * The one that is wanted, else that of the others, else the default.
     *
     * @throws CreateException if the one that is wanted is no package's name
     */
    static JavaPackage of(@Nullable String wanted, @Nullable String ofOthers) {
        if (wanted == null) {
            return new JavaPackage(ofOthers == null || ofOthers.isEmpty() ? DEFAULT : ofOthers);
        }
        if (!NAME.matcher(wanted).matches()) {
            throw new CreateException(
                    "'" + TemplateText.oneLine(wanted) + "' is no name of a package.", "Give one as db.migration.");
        }
        return new JavaPackage(wanted);
    }

    Path in(Path sources) {
        return sources.resolve(name.replace('.', '/'));
    }
}
