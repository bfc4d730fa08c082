package dev.migrator.page;

import dev.migrator.MigrationDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one migration shows.
 *
 * @param application what the application is called; empty where it has no name
 * @param asked the version or the script's name by which it was asked for
 * @param found the migrations of that name; at least one
 * @param links where things are, as {@link Links#fromDetails}
 * @param detailsHidden whether this reader does not get details, so that it is said
 */
public record DetailsModel(String application, String asked, List<Found> found, Links links, boolean detailsHidden) {

    /**
     * A migration of that name.
     *
     * @param context the application context's name, or null where there is but one
     * @param migrator the migrator's
     * @param details all of it, without what this reader may not see
     */
    public record Found(@Nullable String context, String migrator, MigrationDetails details) {}
}
