package dev.migrator.page;

import dev.migrator.MigrationDetails;
import dev.migrator.sql.Token;
import dev.migrator.sql.Tokens;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A whole script in colours, line by line; the style numbers the lines, so that the numbers are no part of the text. What it
 * says is exactly the script's text.
 */
final class ScriptText {

    private final Html html;
    private final String text;
    private final String id;
    private final Set<Integer> anchors;
    private final int errorLine;
    private int line;

    private ScriptText(Html html, String text, String id, Set<Integer> anchors, int errorLine) {
        this.html = html;
        this.text = text;
        this.id = id;
        this.anchors = anchors;
        this.errorLine = errorLine;
    }

    /**
     * Writes it.
     *
     * @param id with which the anchors of its lines begin
     * @param statements whose first lines have anchors
     * @param errorLine the line that is marked, or 0
     */
    static void write(
            Html html,
            String text,
            String label,
            String id,
            List<MigrationDetails.Statement> statements,
            int errorLine) {
        Set<Integer> anchors =
                statements.stream().map(MigrationDetails.Statement::line).collect(Collectors.toSet());
        html.start("pre").css("sql").with("tabindex", "0").with("role", "group").with("aria-label", label);
        new ScriptText(html, text, id, anchors, errorLine).all();
        html.end();
    }

    static String anchor(String id, int line) {
        return id + "-line-" + line;
    }

    private void all() {
        startLine();
        int at = 0;
        for (Token token : Tokens.of(text)) {
            part(at, token.start(), null);
            part(token.start(), token.end(), SqlText.css(token.sort()));
            at = token.end();
        }
        part(at, text.length(), null);
        html.end();
    }

    private void startLine() {
        line++;
        html.start("span")
                .css(line == errorLine ? "l bad" : "l")
                .with("id", anchors.contains(line) ? anchor(id, line) : null);
    }

    /** A part may go over several lines; each of these has all of its own elements. */
    private void part(int from, int to, @Nullable String colour) {
        int start = from;
        while (start < to) {
            int lineEnd = text.indexOf('\n', start);
            int end = lineEnd < 0 || lineEnd >= to ? to : lineEnd + 1;
            coloured(start, end, colour);
            if (text.charAt(end - 1) == '\n' && end < text.length()) {
                html.end();
                startLine();
            }
            start = end;
        }
    }

    private void coloured(int from, int to, @Nullable String css) {
        if (css != null) {
            html.start("span").css(css);
        }
        SqlText.plain(html, text, from, to);
        if (css != null) {
            html.end();
        }
    }
}
