package dev.migrator.page;

import java.util.List;
import java.util.Set;

/**
 * What the page shows, and to whom.
 *
 * @param application what the application is called; empty where it has no name
 * @param migrators in the order in which they run
 * @param links where things are
 * @param filter which migrations the tables show
 * @param detailsHidden whether this reader does not get details, so that it is said
 * @param operations what this reader may start; empty for nothing
 * @param refreshSeconds how often the page reloads itself without a script while something runs; 0 for never
 */
public record PageModel(
        String application,
        List<ShownMigrator> migrators,
        Links links,
        PageFilter filter,
        boolean detailsHidden,
        Set<Operation> operations,
        int refreshSeconds) {

    /** All of it, for a reader who may start nothing, at an endpoint called {@code migrations}. */
    public static PageModel of(String application, List<ShownMigrator> migrators) {
        return new PageModel(
                application, migrators, Links.fromOverview("migrations"), PageFilter.NONE, false, Set.of(), 3);
    }

    /** The same with other links. */
    public PageModel with(Links other) {
        return new PageModel(application, migrators, other, filter, detailsHidden, operations, refreshSeconds);
    }

    /** The same with a filter. */
    public PageModel with(PageFilter other) {
        return new PageModel(application, migrators, links, other, detailsHidden, operations, refreshSeconds);
    }

    /** The same for a reader who may start these. */
    public PageModel with(Set<Operation> allowed) {
        return new PageModel(application, migrators, links, filter, detailsHidden, allowed, refreshSeconds);
    }

    /** The same, saying whether the reader does not get details; the records must be without them already. */
    public PageModel hidingDetails(boolean hidden) {
        return new PageModel(application, migrators, links, filter, hidden, operations, refreshSeconds);
    }

    /** The same with another pace. */
    public PageModel refreshedEvery(int seconds) {
        return new PageModel(application, migrators, links, filter, detailsHidden, operations, seconds);
    }

    /** The worst of the migrators' states. */
    String state() {
        return List.of("failed", "running", "pending", "succeeded", "disabled").stream()
                .filter(state ->
                        migrators.stream().anyMatch(each -> each.state().equals(state)))
                .findFirst()
                .orElse("disabled");
    }

    /** Whether it is in one file with the migrations' details, and no server answers. */
    boolean isReport() {
        return links instanceof ReportLinks;
    }

    boolean isRunning() {
        return migrators.stream().anyMatch(ShownMigrator::isRunning);
    }

    /** Begins with the state, so that a tab shows it. */
    String title() {
        StringBuilder title = new StringBuilder(state());
        title.setCharAt(0, Character.toUpperCase(title.charAt(0)));
        migrators.stream()
                .filter(ShownMigrator::isRunning)
                .findFirst()
                .map(each -> each.status().current())
                .filter(current -> current.step() > 0)
                .ifPresent(current ->
                        title.append(' ').append(current.step()).append(" of ").append(current.steps()));
        if (!application.isEmpty()) {
            title.append(" · ").append(application);
        }
        return title.append(" · migrations").toString();
    }
}
