package dev.migrator.run;

import dev.migrator.postgres.ServerError;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection that a Java migration gets: it refuses what would take the transaction or the session out of the runner's
 * hands. Statements that it makes lead back to it, not to the real connection. When the migration has ended, so has it: what
 * a thread or a field of the migration's still does with it would happen in another migration's transaction.
 */
final class GuardedConnection implements InvocationHandler {

    private static final Set<String> NEVER = Set.of("close", "abort", "setAutoCommit", "setReadOnly", "unwrap");
    private static final Set<String> IN_TRANSACTION = Set.of("commit", "setTransactionIsolation");

    private final Connection connection;
    private final boolean inTransaction;
    private final Cancellation cancellation;
    private final ClassLoader loader = GuardedConnection.class.getClassLoader();

    private volatile boolean ended;

    GuardedConnection(Connection connection, boolean inTransaction, Cancellation cancellation) {
        this.connection = connection;
        this.inTransaction = inTransaction;
        this.cancellation = cancellation;
    }

    /** The connection for the migration. */
    Connection connection() {
        return (Connection) Proxy.newProxyInstance(loader, new Class<?>[] {Connection.class}, this);
    }

    /** Lets nothing through any more. */
    void end() {
        ended = true;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        boolean wholeRollback = name.equals("rollback") && arguments == null;
        if (NEVER.contains(name) || inTransaction && (wholeRollback || IN_TRANSACTION.contains(name))) {
            throw new SQLException("A migration may not call " + name + "() on its connection: the transaction and the"
                    + " connection are Migrator's. To take back a part, use a savepoint.");
        }
        if (name.equals("isWrapperFor")) {
            return false;
        }
        Object result = call(connection, method, arguments);
        return result instanceof Statement statement ? guarded((Connection) proxy, statement, method) : result;
    }

    private Object guarded(Connection proxy, Statement statement, Method method) {
        return Proxy.newProxyInstance(
                loader,
                new Class<?>[] {method.getReturnType()},
                (self, called, arguments) ->
                        called.getName().equals("getConnection") ? proxy : call(statement, called, arguments));
    }

    /** Closing is no harm, and neither are toString, equals and hashCode. */
    private static boolean isOfJdbc(Method method) {
        return method.getDeclaringClass() != Object.class
                && !method.getName().equals("close")
                && !method.getName().equals("isClosed");
    }

    private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        if (ended && isOfJdbc(method)) {
            throw new SQLException("The migration has ended, and its connection with it: " + method.getName()
                    + "() was not executed.");
        }
        if (cancellation.mustStop() && isOfJdbc(method)) {
            throw new SQLException(
                    "The run was cancelled: " + method.getName() + "() was not executed.", ServerError.QUERY_CANCELED);
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
