package dev.migrator.spring.web;

import dev.migrator.spring.startup.StartProgress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request gets that is held off.
 *
 * @param headers all of them
 * @param body what follows, unless the request was a HEAD
 */
public record HeldOffResponse(Map<String, String> headers, byte[] body) {

    /** Service Unavailable. */
    public static final int STATUS = 503;

    private static final String TITLE = "Service Unavailable";

    /** RFC 9457, with {@code percent} besides, where it is known. */
    static HeldOffResponse problem(long seconds, @Nullable StartProgress progress) {
        String percent = progress == null ? "" : ",\"percent\":" + progress.percent();
        return of("application/problem+json", seconds, """
                {"type":"about:blank","title":"%s","status":%d,"detail":"%s %s"%s}
                """.formatted(TITLE, STATUS, detail(), again(seconds), percent));
    }

    /** Stands on its own, and loads itself again. */
    static HeldOffResponse page(long seconds, @Nullable StartProgress progress) {
        return of("text/html;charset=UTF-8", seconds, """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <meta http-equiv="refresh" content="%d">
                <title>%s</title>
                <style>
                :root { color-scheme: light dark }
                body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 20vh auto; padding: 0 1rem }
                progress { width: 100%%; height: 1rem }
                </style>
                </head>
                <body>
                <main>
                <h1>One moment, please</h1>
                <p>%s</p>
                %s<p>This page tries again every %d s.</p>
                </main>
                </body>
                </html>
                """.formatted(
                        seconds, TITLE, detail(), progress == null ? "" : bar(progress), seconds));
    }

    private static String bar(StartProgress progress) {
        return """
                <p><label for="progress">Step %1$d of %2$d, %3$d%%</label>
                <progress id="progress" max="100" value="%3$d">%3$d%%</progress></p>
                """.formatted(progress.step(), progress.steps(), progress.percent());
    }

    private static HeldOffResponse of(String type, long seconds, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return new HeldOffResponse(
                Map.of(
                        "Content-Type",
                        type,
                        "Content-Length",
                        String.valueOf(body.length),
                        "Retry-After",
                        String.valueOf(seconds),
                        "Cache-Control",
                        "no-store"),
                body);
    }

    private static String detail() {
        return "The application is preparing its database and takes requests as soon as that is done.";
    }

    private static String again(long seconds) {
        return "Try again in " + seconds + " s.";
    }
}
