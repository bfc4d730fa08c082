package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.sql.Directives;
import dev.migrator.sql.Replacing;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptConfTest {

    @TempDir
    Path folder;

    private Scripts scripts;

    @BeforeEach
    void makeScripts() {
        scripts = new Scripts(folder);
    }

    @Test
    void saysWhatTheScriptCouldHaveSaid() {
        scripts.with("deep/V1__a.sql", "SELECT 1;")
                .with(
                        "deep/V1__a.sql.conf",
                        "\uFEFF# a comment\r\n! another\r\n\r\n  executeInTransaction = false\r\n"
                                + "placeholderReplacement=false\r\nencoding=utf-8\r\nshouldExecute=${a}==b");

        assertThat(find().issues()).isEmpty();
        assertThat(conf())
                .isEqualTo(new ScriptConf(
                        new Directives(false, null, null, Replacing.OFF, null),
                        new ScriptConf.Condition("deep/V1__a.sql.conf:7", "${a}==b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "executeInTransaction=true", "encoding=UTF8", "# nothing"})
    void maySayNothingNew(String text) {
        scripts.with("V1__a.sql", "SELECT 1;").with("V1__a.sql.conf", text);

        assertThat(conf()).isEqualTo(ScriptConf.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encoding=ISO-8859-1 | the encoding ISO-8859-1 is not known here: save the script as UTF-8.",
                "executeInTransaction=no | executeInTransaction needs true or false; it is 'no'.",
                "placeholderReplacement | placeholderReplacement needs true or false; it is ''.",
                "batch=true | there is no setting 'batch' of a script; known are executeInTransaction,"
                        + " placeholderReplacement, shouldExecute and encoding.",
                "nonsense | there is no setting 'nonsense' of a script; known are executeInTransaction,"
                        + " placeholderReplacement, shouldExecute and encoding."
            })
    void thatIsNotUnderstoodIsAProblemWithItsLine(String line, String problem) {
        scripts.with("V1__a.sql", "SELECT 1;").with("V1__a.sql.conf", "\n# here\n" + line);

        assertThat(find().issues())
                .containsExactly(new Found.Issue(
                        Found.Issue.Kind.CONF, folder + "/V1__a.sql.conf", "V1__a.sql.conf:3: " + problem));
    }

    @Test
    void withoutItsScriptIsANote() {
        scripts.with("V1__a.sql", "SELECT 1;")
                .with("V2__b.sql.conf", "executeInTransaction=false")
                .with("U1__a.sql", "SELECT 1;")
                .with("U1__a.sql.conf", "executeInTransaction=false")
                .with("flyway.conf", "flyway.url=x");

        assertThat(find().notes())
                .containsExactly("The file " + folder + "/V2__b.sql.conf belongs to no script that is found here.");
    }

    private Found find() {
        return Finding.in(scripts.location());
    }

    private ScriptConf conf() {
        return ((Migration.Sql) find().migrations().get(0).content()).conf();
    }
}
