package dev.migrator.page;

import dev.migrator.sql.Token;
import dev.migrator.sql.Tokens;

/** SQL in colours. What it says is exactly the script's text, line ends and all. */
final class SqlText {

    private SqlText() {}

    /** In the element that has begun last. */
    static void write(Html html, String text) {
        int at = 0;
        for (Token token : Tokens.of(text)) {
            plain(html, text, at, token.start());
            html.start("span").css(css(token.sort()));
            plain(html, text, token.start(), token.end());
            html.end();
            at = token.end();
        }
        plain(html, text, at, text.length());
    }

    static String css(Token.Sort sort) {
        return switch (sort) {
            case KEYWORD -> "k";
            case STRING -> "s";
            case NUMBER -> "n";
            case COMMENT -> "c";
        };
    }

    /** Characters that would turn the direction of what follows are kept to themselves, and named. */
    static void plain(Html html, String text, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Visible.isHidden(c)) {
                html.exact(text.substring(start, i));
                html.start("span")
                        .css("u")
                        .with("data-u", Visible.name(c))
                        .exact(String.valueOf(c))
                        .end();
                start = i + 1;
            }
        }
        html.exact(text.substring(start, to));
    }
}
