package dev.migrator.run;

import dev.migrator.migration.Schema;
import dev.migrator.postgres.Catalog;
import java.sql.SQLException;

/** Answers a Java migration's questions from the catalog. */
final class CatalogSchema implements Schema {

    private static final String TABLES = "rpf";
    private static final String VIEWS = "vm";

    private final Catalog catalog;

    CatalogSchema(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public boolean tableExists(String table) throws SQLException {
        return catalog.relationExists(table, TABLES);
    }

    @Override
    public boolean viewExists(String view) throws SQLException {
        return catalog.relationExists(view, VIEWS);
    }

    @Override
    public boolean columnExists(String table, String column) throws SQLException {
        return catalog.columnExists(table, column);
    }

    @Override
    public boolean indexExists(String index) throws SQLException {
        return catalog.validIndexExists(index);
    }

    @Override
    public boolean constraintExists(String table, String constraint) throws SQLException {
        return catalog.constraintExists(table, constraint);
    }

    @Override
    public boolean typeExists(String type) throws SQLException {
        return catalog.typeExists(type);
    }

    @Override
    public boolean functionExists(String function) throws SQLException {
        return catalog.functionExists(function);
    }

    @Override
    public boolean schemaExists(String schema) throws SQLException {
        return catalog.schemaExists(schema);
    }
}
