package dev.migrator.spring.actuate;

import dev.migrator.MigrationDetails;
import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import dev.migrator.page.DetailsModel;
import dev.migrator.page.DetailsPage;
import dev.migrator.page.Links;
import dev.migrator.page.Operation;
import dev.migrator.page.PageFilter;
import dev.migrator.page.PageModel;
import dev.migrator.page.ShownMigrator;
import dev.migrator.page.StatusPage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;

/** What the endpoint gives to browsers: what it gives to others, as pages. */
public final class MigrationsPages {

    private final MigratorsView view;
    private final String application;
    private final Supplier<String> path;
    private final Set<Operation> operations;

    /**
     * Makes pages.
     *
     * @param application what the application is called, or an empty text
     * @param path the endpoint's, asked for with the first page
     * @param operations what can be started at the endpoint
     */
    public MigrationsPages(MigratorsView view, String application, Supplier<String> path, Set<Operation> operations) {
        this.view = view;
        this.application = application;
        this.path = path;
        this.operations = operations;
    }

    /** What can be started where the endpoint may write or may not. */
    public static Set<Operation> operations(boolean writes, RunPermission permission) {
        if (!writes) {
            return Set.of();
        }
        return permission.refusal() == null ? EnumSet.allOf(Operation.class) : EnumSet.of(Operation.VALIDATE);
    }

    /** The overview. */
    String overview(SecurityContext reader, PageFilter filter) {
        return StatusPage.of(model(reader).with(filter));
    }

    /** Those parts of it that change while something runs. */
    String now(SecurityContext reader) {
        return StatusPage.now(model(reader));
    }

    private PageModel model(SecurityContext reader) {
        List<ShownMigrator> migrators = new ArrayList<>();
        List<ContextView> contexts = contexts(reader);
        for (ContextView context : contexts) {
            context.migrators()
                    .forEach((name, status) ->
                            migrators.add(new ShownMigrator(shownId(contexts, context), name, view.enabled(), status)));
        }
        return PageModel.of(application, migrators)
                .with(Links.fromOverview(name()))
                .with(operations)
                .hidingDetails(!view.allowsDetails(reader));
    }

    /** Those that have something to show. */
    private List<ContextView> contexts(SecurityContext reader) {
        return view.contexts(reader).stream()
                .filter(context -> !context.migrators().isEmpty())
                .toList();
    }

    private static @Nullable String shownId(List<ContextView> contexts, ContextView context) {
        return contexts.size() == 1 ? null : context.id();
    }

    private String name() {
        String known = path.get();
        return known.substring(known.lastIndexOf('/') + 1);
    }

    /** One migration; null where there is none. */
    @Nullable
    String details(SecurityContext reader, String asked) {
        boolean allowed = view.allowsDetails(reader);
        List<DetailsModel.Found> found = new ArrayList<>();
        List<ContextView> contexts = contexts(reader);
        for (ContextView context : contexts) {
            context.migrators().forEach((name, status) -> {
                List<MigrationDetails> details =
                        allowed ? view.details(context.id(), name, asked, reader) : withoutDetails(status, asked);
                details.forEach(each -> found.add(new DetailsModel.Found(shownId(contexts, context), name, each)));
            });
        }
        return found.isEmpty()
                ? null
                : DetailsPage.of(
                        new DetailsModel(application, asked, found, Links.fromDetails(name(), asked), !allowed));
    }

    /** What may be known is in the state already. */
    private static List<MigrationDetails> withoutDetails(MigratorStatus status, String asked) {
        return status.migrations().stream()
                .filter(migration -> migration.isCalled(asked))
                .map(migration -> withoutDetails(status, migration))
                .toList();
    }

    private static MigrationDetails withoutDetails(MigratorStatus status, MigrationInfo migration) {
        return new MigrationDetails(
                migration,
                status.history().stream().filter(migration::isSameAs).toList(),
                null,
                false,
                List.of(),
                migration.rollback(),
                null);
    }
}
