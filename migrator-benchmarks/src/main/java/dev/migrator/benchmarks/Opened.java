package dev.migrator.benchmarks;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A data source that has opened its first connection ahead of time, as an application's pool has when it migrates. */
final class Opened implements DataSource, AutoCloseable {

    private final PGSimpleDataSource dataSource;
    private final Connection first;
    private boolean lent;

    Opened(PGSimpleDataSource dataSource) throws SQLException {
        this.dataSource = dataSource;
        this.first = dataSource.getConnection();
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
        if (lent) {
            return dataSource.getConnection();
        }
        lent = true;
        return first;
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void close() throws SQLException {
        first.close();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
