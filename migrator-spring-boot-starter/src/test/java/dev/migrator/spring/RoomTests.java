package dev.migrator.spring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.migrator.backup.Backup;
import dev.migrator.backup.BackupFormat;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What each room may know. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomTests {

    private static final String STARTUP = "dev.migrator.spring.startup..";
    private static final String WEB = "dev.migrator.spring.web..";
    private static final String SERVLET = "dev.migrator.spring.web.servlet..";
    private static final String REACTIVE = "dev.migrator.spring.web.reactive..";
    private static final String ACTUATE = "dev.migrator.spring.actuate..";
    private static final String DIAGNOSTICS = "dev.migrator.spring.diagnostics..";
    private static final String AUTOCONFIGURE = "dev.migrator.spring.autoconfigure..";

    private static final String EVENTS = "dev.migrator.spring.events..";
    private static final String OBSERVE = "dev.migrator.spring.observe..";

    private static final String COMMAND = "dev.migrator.spring.command..";

    private static final String[] WEB_LIBRARIES = {
        "jakarta.servlet..", "org.springframework.web..", "org.springframework.http..", "reactor.."
    };

    private final JavaClasses starter = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.migrator.spring");

    @Test
    void theStartKnowsNeitherWebNorActuator() {
        noClasses()
                .that()
                .resideInAPackage(STARTUP)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WEB, ACTUATE, DIAGNOSTICS, AUTOCONFIGURE, "org.springframework.boot.actuate..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(WEB_LIBRARIES)
                .check(starter);
    }

    @Test
    void theCommandsKnowTheStartOnlyAndTheyAloneTheShell() {
        noClasses()
                .that()
                .resideInAPackage(COMMAND)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WEB, ACTUATE, DIAGNOSTICS, AUTOCONFIGURE, "picocli..")
                .check(starter);
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.migrator.cli..", "picocli..", "me.tongfei..")
                .check(starter);
    }

    @Test
    void theWebKnowsTheStartOnly() {
        noClasses()
                .that()
                .resideInAPackage(WEB)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ACTUATE, DIAGNOSTICS, AUTOCONFIGURE)
                .check(starter);
    }

    @Test
    void theStacksDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(SERVLET)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(REACTIVE, "reactor..", "org.springframework.web.server..")
                .check(starter);
        noClasses()
                .that()
                .resideInAPackage(REACTIVE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVLET, "jakarta.servlet..")
                .check(starter);
        noClasses()
                .that()
                .resideInAPackage("dev.migrator.spring.web")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVLET, REACTIVE)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(WEB_LIBRARIES)
                .check(starter);
    }

    @Test
    void theActuatorsRoomAndTheAnalyzersKnowNoWebAndNoWiring() {
        noClasses()
                .that()
                .resideInAnyPackage(ACTUATE, DIAGNOSTICS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WEB, AUTOCONFIGURE)
                .check(starter);
    }

    @Test
    void whatHandsEventsOnKnowsNoOtherRoomAndNothingThatAnApplicationNeedNotHave() {
        noClasses()
                .that()
                .resideInAPackage(EVENTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        STARTUP, WEB, ACTUATE, OBSERVE, DIAGNOSTICS, COMMAND, AUTOCONFIGURE, "io.micrometer..")
                .check(starter);
    }

    @Test
    void whatMeasuresKnowsTheEventsAndTheStartOnlyAndItAloneMicrometer() {
        noClasses()
                .that()
                .resideInAPackage(OBSERVE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WEB, ACTUATE, DIAGNOSTICS, COMMAND, AUTOCONFIGURE)
                .check(starter);
        noClasses()
                .that()
                .resideOutsideOfPackages(OBSERVE, AUTOCONFIGURE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(starter);
    }

    @Test
    void nobodyKnowsTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(AUTOCONFIGURE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(AUTOCONFIGURE)
                .check(starter);
    }

    @Test
    void noRoomsFormACircle() {
        slices().matching("dev.migrator.spring.(**)").should().beFreeOfCycles().check(starter);
    }

    @Test
    void nothingIsStaticThatCanChange() {
        noFields().that().areStatic().should().notBeFinal().check(starter);
    }

    @Test
    void onlyFacesOfTheCoreAreUsed() {
        DescribedPredicate<JavaClass> faces = resideOutsideOfPackages(
                        "dev.migrator.sql..",
                        "dev.migrator.history..",
                        "dev.migrator.postgres..",
                        "dev.migrator.backup..")
                // what an application says of its backups
                .or(belongToAnyOf(Backup.class, BackupFormat.class, BackupMode.class, BackupOptions.class));
        classes()
                .that()
                .resideInAPackage("dev.migrator.spring..")
                .should()
                .onlyDependOnClassesThat(faces)
                .check(starter);
    }

    @Test
    void namesSayWhatAClassIsFor() {
        noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)").check(starter);
    }
}
