package dev.migrator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps the map of the house true: which room may know which. */
class RoomsTest {

    private static final String HOUSE = "dev.migrator";

    /** The face, which may know all rooms but the shell and the page, and which only these know. */
    private static final String FACE = "";

    /** Each room with those that it may know. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("sql", Set.of()),
            Map.entry("migration", Set.of("sql")),
            // sql: for quoting
            Map.entry("history", Set.of("migration", "sql")),
            Map.entry("plan", Set.of("migration", "history")),
            // only names: no database
            Map.entry("create", Set.of("migration")),
            Map.entry("postgres", Set.of("sql")),
            Map.entry("lock", Set.of("postgres")),
            // sql: for quoting
            Map.entry("backup", Set.of("postgres", "sql")),
            Map.entry("run", Set.of("sql", "migration", "history", "plan", "postgres", "lock", "backup")),
            Map.entry(FACE, Set.of("sql", "migration", "history", "plan", "postgres", "backup", "run")),
            // sql: for colours; run: what the face hands on
            Map.entry("page", Set.of(FACE, "run", "sql")),
            // backup, run, plan: what the face hands on
            Map.entry("cli", Set.of(FACE, "page", "backup", "run", "plan", "create")));

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(HOUSE);
    }

    @Test
    void everyRoomStandsOnTheMap() {
        Set<String> packages = new TreeSet<>();
        classes.forEach(each -> packages.add(each.getPackageName()));

        assertThat(packages)
                .isEqualTo(ROOMS.keySet().stream()
                        .map(RoomsTest::packageOf)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aRoomKnowsOnlyThoseThatItMayKnow() {
        ROOMS.forEach((room, known) -> noClasses()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .dependOnClassesThat(resideInAPackage(HOUSE + "..").and(not(inOneOf(room, known))))
                .because("the room " + room + " may know " + known)
                .check(classes));
    }

    private static DescribedPredicate<JavaClass> inOneOf(String room, Set<String> known) {
        return DescribedPredicate.describe(
                "in " + room + " or what it may know",
                each -> each.getPackageName().equals(packageOf(room))
                        || known.stream().anyMatch(name -> each.getPackageName().equals(packageOf(name))));
    }

    private static String packageOf(String room) {
        return room.equals(FACE) ? HOUSE : HOUSE + "." + room;
    }

    @Test
    void noArrowRunsInACircle() {
        slices().matching(HOUSE + ".(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void theCoreStandsOnTheJdkAndLittleElse() {
        classes()
                .that()
                .resideOutsideOfPackage(HOUSE + ".cli")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        HOUSE + "..", "java..", "javax.sql..", "org.slf4j..", "org.jspecify..", "org.postgresql..")
                .check(classes);
    }

    @Test
    void onlyOneRoomSpeaksToTheDriverItself() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + ".postgres")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.postgresql..")
                .check(classes);
    }

    @Test
    void readingAndPlanningTouchNeitherDatabaseNorFileNorClock() {
        noClasses()
                .that()
                .resideInAnyPackage(HOUSE + ".sql", HOUSE + ".plan")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.io.File.class, java.time.Clock.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(classes);
    }

    @Test
    void noClassIsALumberRoom() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Manager|Helper|Impl)(\\$.*)?")
                .check(classes);
    }

    @Test
    void nothingIsSharedByAllMigratorsOfAJvm() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .andShould()
                .notHaveRawType(resideInAPackage("java.util.concurrent..")
                        .or(assignableTo(ThreadLocal.class))
                        .or(assignableTo(StringBuilder.class)))
                .check(classes);
    }

    @Test
    void everyRoomSaysWhatItIsForAndWhereNullMayBe() throws ClassNotFoundException {
        Set<String> packages = new TreeSet<>();
        classes.forEach(each -> packages.add(each.getPackageName()));
        for (String each : packages) {
            assertThat(Class.forName(each + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as("%s is @NullMarked", each)
                    .isTrue();
        }
    }
}
