package dev.migrator.create;

import dev.migrator.migration.MigrationName;
import dev.migrator.migration.Version;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next migration's name.
 *
 * @param form in which form a script of that stem is written
 * @param version as it stands in the name
 * @param stem version and words
 */
record NextName(NameForm form, String version, String stem) {

    /** A script's, in the form of the project's newest one; Flyway's if there is none. */
    static NextName ofScript(ExistingNames existing, Words words, boolean timestamp, LocalDateTime now) {
        WrittenName newest = existing.newest();
        NameForm form = newest == null ? NameForm.FLYWAY : newest.form();
        String separator = newest == null ? "__" : newest.separator();
        String text = words.like(newest == null ? "" : newest.words());
        for (String version : versions(existing, timestamp, now)) {
            String stem = version + separator + text;
            MigrationName name = MigrationName.ofScript(form.script(stem));
            if (name != null && isNext(name, existing.highest(), text)) {
                return new NextName(form, version, stem);
            }
        }
        throw noVersion(existing);
    }

    /** A class's; its form is Flyway's, with a number. */
    static NextName ofClass(ExistingNames existing, Words words, boolean timestamp, LocalDateTime now) {
        String text = words.capitalized();
        for (String each : numbers(existing, timestamp, now)) {
            String version = each.replace('.', '_');
            String stem = version + "__" + text;
            MigrationName name = MigrationName.ofFlyway("V" + stem);
            if (name != null && isNext(name, existing.highest(), text)) {
                return new NextName(NameForm.FLYWAY, version, stem);
            }
        }
        throw noVersion(existing);
    }

    /** What is read must be what was meant: words that begin with digits can make a date of a number. */
    private static boolean isNext(MigrationName name, @Nullable Version highest, String words) {
        Version version = name.version();
        return version != null
                && (highest == null || version.compareTo(highest) > 0)
                && name.description().equals(words.replace('_', ' '));
    }

    private static List<String> versions(ExistingNames existing, boolean timestamp, LocalDateTime now) {
        List<String> versions = new ArrayList<>();
        WrittenName newest = existing.newest();
        if (newest != null && newest.date() != null) {
            addDates(newest, newest.date(), now, versions);
        }
        versions.addAll(numbers(existing, timestamp, now));
        return versions;
    }

    /** Among dates a number of 14 digits stands where its time puts it. */
    private static List<String> numbers(ExistingNames existing, boolean timestamp, LocalDateTime now) {
        List<String> numbers = new ArrayList<>();
        WrittenName newest = existing.newest();
        String highest = existing.highestNumber();
        if (timestamp || highest == null || newest != null && newest.date() != null) {
            numbers.add(NumberText.second(now));
        }
        if (highest != null) {
            numbers.addAll(new NumberText(highest)
                    .like(newest == null ? "" : newest.version())
                    .successors(now));
        }
        return numbers;
    }

    /**
     * Of two scripts of one day the name decides. So where the day's form would put the new one below another, it gets
     * the time as well.
     */
    private static void addDates(WrittenName newest, DateForm form, LocalDateTime now, List<String> versions) {
        versions.add(form.format(now));
        DateForm exact = form == DateForm.DAY ? DateForm.SECOND : form;
        versions.add(exact.format(now));
        LocalDateTime last = DateForm.time(newest.version());
        if (last != null) {
            versions.add(form == DateForm.DAY ? form.format(last.plusDays(1)) : exact.format(last.plusSeconds(1)));
        }
    }

    private static CreateException noVersion(ExistingNames existing) {
        return new CreateException(
                "No name in the form of this project's migrations stands above its highest version, "
                        + existing.highest() + ".",
                "Describe the migration with words that do not begin with digits, or write the file by hand.");
    }
}
