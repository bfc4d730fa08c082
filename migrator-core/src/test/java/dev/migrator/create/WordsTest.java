package dev.migrator.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "Add user avatar, add_user_avatar",
        "'  Add,  user--avatar! ', add_user_avatar",
        "../../etc/passwd, etc_passwd",
        "'a\\b:c*d?e\"f''g<h>i|j', a_b_c_d_e_f_g_h_i_j",
        "${owner} {{name}} %s, owner_name_s",
        "Größe ändern, größe_ändern",
        "用户 头像, 用户_头像",
        "हिन्दी शब्द, हिन्दी_शब्द",
        "__x__, x",
        "up.sql, up_sql",
        "2FA, 2fa",
    })
    void areLettersAndDigitsOnly(String description, String words) {
        assertThat(Words.of(description).like("")).isEqualTo(words);
    }

    @Test
    void areComposedSoThatOneNameHasOneForm() {
        assertThat(Words.of("Gro\u0308\u00dfe").like("")).isEqualTo("gr\u00f6\u00dfe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "../..", "'\"", "\u0000\n", "____"})
    void aDescriptionWithoutAnyIsRefused(String description) {
        assertThatThrownBy(() -> Words.of(description))
                .isInstanceOf(CreateException.class)
                .hasMessageContaining("no letter and no digit")
                .hasMessageContaining("Next: Describe in a few words");
    }

    @Test
    void endAtAWordIfThereAreTooMany() {
        assertThat(Words.of("word ".repeat(1000)).text())
                .isEqualTo("word_".repeat(20).substring(0, 99));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00f6", "\u7528", "\ud835\udd38"})
    void ofOneThatIsTooLongTheBeginningIsTaken(String letter) {
        String text = Words.of(letter.repeat(1000)).text();

        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isBetween(97, 100);
        assertThat(text).isEqualTo(letter.repeat(text.length() / letter.length()));
    }
}
