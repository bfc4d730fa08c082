package dev.migrator.migration;

/**
 * The forms in which a name begins with a date: {@code YYYY_MM_DD_}, {@code YYYY-MM-DD-HHMMSS_} and
 * {@code YYYY-MM-DD-HHMMSS-NNNN_}, which Diesel writes since its version 2.2.
 */
final class DatePrefix {

    private static final String[] FORMS = {"dddd_dd_dd_", "dddd-dd-dd-dddddd_", "dddd-dd-dd-dddddd-dddd_"};

    private DatePrefix() {}

    /** How many characters of the name are its date, the last underscore included; 0 if it begins with none. */
    static int length(String name) {
        for (String form : FORMS) {
            if (name.length() > form.length() && matches(name, form)) {
                return form.length();
            }
        }
        return 0;
    }

    private static boolean matches(String name, String form) {
        for (int i = 0; i < form.length(); i++) {
            char expected = form.charAt(i);
            char c = name.charAt(i);
            if (expected == 'd' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return true;
    }
}
