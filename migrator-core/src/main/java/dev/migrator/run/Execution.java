package dev.migrator.run;

import dev.migrator.postgres.ServerFacts;
import dev.migrator.postgres.ServerMark;
import dev.migrator.postgres.Session;
import dev.migrator.run.UnderLock.Holder;
import dev.migrator.sql.Placeholders;
import java.sql.SQLException;

/** Steps being run by the holder of the lock: observed while they run, and all tidied up behind them. */
final class Execution {

    private final RunContext context;
    private final Holder holder;
    private final Placeholders placeholders;

    Execution(RunContext context, Holder holder, Placeholders placeholders) {
        this.context = context;
        this.holder = holder;
        this.placeholders = placeholders;
    }

    /** What is to be run. */
    @FunctionalInterface
    interface Steps {

        void run(Work work) throws SQLException;
    }

    /**
     * Runs them.
     *
     * @param safetyNet what was seen to before
     */
    void run(SafetyNet safetyNet, Steps steps) throws SQLException {
        Session session = holder.session();
        Work work = new Work(context, holder, placeholders, safetyNet);
        ServerFacts facts = session.facts();
        boolean own = work.scriptSession().isOwn();
        HomeServer home = new HomeServer(facts.mark(), own ? ServerMark.cluster(session.connection()) : null, own);
        // the observer watches over it
        session.liftLimit();
        Observer.Backend backend = own ? connection -> facts.pid() : holder.lock()::backend;
        Observer observer = new Observer(
                context.database().dataSource(),
                holder.table(),
                context.events(),
                work.progress(),
                backend,
                new NetworkWatch(session, context.options().connectTimeout()),
                home);
        try {
            steps.run(work);
        } finally {
            observer.close();
            if (session.isOpen()) {
                work.limitAnswers();
                work.beginToTidyUp();
                work.leaveScript();
                work.settle();
                Look.again(context, session, holder.table());
            }
        }
    }
}
