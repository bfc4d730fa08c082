package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigratorStatus;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import tools.jackson.databind.json.JsonMapper;

/** Every text of a state is marked with its place, also those that come to be later: what is not meant to be seen shows up. */
class RedactionTests {

    private static final Pattern MARK = Pattern.compile("<<([^>]+)>>");

    private final JsonMapper json = new JsonMapper();
    private final MigratorStatus marked = marked(MigratorStatus.class);

    private static <R> R marked(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType(), type.getSimpleName() + "." + components[i].getName());
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Object value(Type type, String place) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return List.of(value(list.getActualTypeArguments()[0], place));
        }
        if (type == String.class) {
            return "<<" + place + ">>";
        }
        if (type == int.class || type == Integer.class) {
            return 7;
        }
        if (type == long.class || type == Long.class) {
            return 7L;
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(7);
        }
        if (type instanceof Class<?> word && word.isEnum()) {
            return word.getEnumConstants()[0];
        }
        if (type instanceof Class<?> part && part.isRecord()) {
            return marked(part);
        }
        throw new IllegalStateException(place + " is of a type that the test does not know: " + type);
    }

    private static Set<String> marks(String text) {
        Set<String> found = new TreeSet<>();
        MARK.matcher(text).results().map(MatchResult::group).forEach(found::add);
        return found;
    }

    @Test
    void whatIsNoDetailIsLeftAndNothingElse() {
        assertThat(marks(json.writeValueAsString(Redaction.of(marked))))
                .containsExactlyInAnyOrder(
                        "<<MigratorStatus.schema>>",
                        "<<MigratorStatus.table>>",
                        "<<MigratorStatus.currentVersion>>",
                        "<<MigratorStatus.latestVersion>>",
                        "<<Current.version>>",
                        "<<Current.script>>",
                        "<<ServerProgress.command>>",
                        "<<ServerProgress.phase>>",
                        "<<ServerProgress.unit>>",
                        "<<Blocker.state>>",
                        "<<MigrationInfo.version>>",
                        "<<MigrationInfo.description>>",
                        "<<MigrationInfo.kind>>",
                        "<<MigrationInfo.script>>",
                        "<<MigrationInfo.state>>",
                        "<<MigrationInfo.runId>>",
                        "<<MigrationInfo.rollback>>");
    }

    @Test
    void numbersTimesAndPercentsAreLeftAsTheyAre() {
        MigratorStatus redacted = Redaction.of(marked);

        assertThat(redacted)
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(String.class)
                .ignoringFieldsMatchingRegexes(".*\\.(actor|query|detail|text|backup|checksum|installedBy|instance)")
                .ignoringFields(
                        "problems",
                        "databaseState",
                        "action",
                        "notes",
                        "migrations.observed.waits",
                        "history.observed.waits")
                .isEqualTo(marked);
        assertThat(redacted.current().runPercent())
                .isEqualTo(marked.current().runPercent())
                .isNotNull();
    }

    @Test
    void whereSomethingWentWrongASentenceSaysSoAndWhereTheDetailsAre() {
        MigratorStatus redacted = Redaction.of(marked);

        assertThat(redacted.problems())
                .containsExactly("There is a problem: the application's log has it, and this answer for those who may"
                        + " see details (migrator.endpoint.show-details).");
        assertThat(redacted.notes()).hasSize(1);
        assertThat(redacted.migrations().get(0).error()).startsWith("It failed: the application's log has it");
        assertThat(redacted.migrations().get(0).reason()).startsWith("The reason is a detail: ");
        assertThat(Redaction.counted(3, "problem")).singleElement().asString().startsWith("There are 3 problems: ");
        assertThat(Redaction.counted(0, "problem")).isEmpty();
    }

    @Test
    void theJsonHasNothingThatTheStateHasNot() {
        MigratorStatus redacted = Redaction.of(marked);
        String shown = json.writeValueAsString(MigratorDescriptor.of(redacted, true, migration -> true, null));
        Set<String> all = marks(json.writeValueAsString(marked));

        assertThat(marks(json.writeValueAsString(redacted))).containsAll(marks(shown));
        // who may see all of it, does: the list leaves out only the history, which the details have
        assertThat(marks(json.writeValueAsString(MigratorDescriptor.of(marked, true, migration -> true, null))))
                .containsExactlyInAnyOrderElementsOf(all);
        // what the health may show to everybody has no details either
        assertThat(marks(json.writeValueAsString(CurrentDescriptor.of(marked.current()))))
                .isSubsetOf(marks(json.writeValueAsString(redacted)));
    }

    @Test
    void whoMaySeeAllOfItGetsItUntouched() {
        List<MigratorStatus> seen = new ArrayList<>();
        for (Show show : Show.values()) {
            seen.add(new Disclosure(show, Set.of()).of(marked, SecurityContext.NONE));
        }
        assertThat(seen).containsExactly(Redaction.of(marked), Redaction.of(marked), marked);
    }
}
