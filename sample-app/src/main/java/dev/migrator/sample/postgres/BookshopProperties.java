package dev.migrator.sample.postgres;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The sample's own properties.
 *
 * @param dataDirectory where the inner PostgreSQL keeps its data, from the working directory
 */
@ConfigurationProperties("bookshop")
record BookshopProperties(@DefaultValue(".data/postgres") Path dataDirectory) {}
