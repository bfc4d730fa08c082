package dev.migrator.spring.actuate;

import dev.migrator.Migrator;
import dev.migrator.MigratorState;
import dev.migrator.MigratorStatus;
import dev.migrator.plan.Problem;
import dev.migrator.run.MigratorException;
import dev.migrator.spring.actuate.OperationDescriptor.ProblemDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.context.ApplicationContext;

/** Does what is asked for over the endpoint, or says why not; a run goes on after the answer. */
public final class Operations {

    private static final Logger logger = LoggerFactory.getLogger(Operations.class);

    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;
    private static final Set<String> UNFINISHED = Set.of("failed", "interrupted");

    private final ApplicationContext context;
    private final Disclosure disclosure;
    private final RunPermission permission;
    private final OperationRuns runs;
    private final OperationRecord record;

    public Operations(ApplicationContext context, Disclosure disclosure, RunPermission permission, OperationRuns runs) {
        this.context = context;
        this.disclosure = disclosure;
        this.permission = permission;
        this.runs = runs;
        this.record = new OperationRecord(context);
    }

    /**
     * Does it.
     *
     * @param word the operation's name
     * @param wanted the migrator bean's name; null where there is but one
     * @param contextId the context's that has it; null for the innermost one that has such a bean
     * @param by who asks
     */
    WebEndpointResponse<OperationDescriptor> operate(
            String word, @Nullable String wanted, @Nullable String contextId, SecurityContext by) {
        Operation operation = Operation.of(word);
        if (operation == null) {
            return badRequest(word, "There is no operation of that name, only: " + Operation.words() + ".");
        }
        Map<String, Migrator> all = migrators(contextId);
        if (all.isEmpty()) {
            return badRequest(word, "There is no migrator in a context of that name.");
        }
        if (wanted == null && all.size() != 1) {
            return badRequest(
                    word, "Say which 'migrator' is meant; there are: " + String.join(", ", all.keySet()) + ".");
        }
        String name = wanted == null ? all.keySet().iterator().next() : wanted;
        Migrator migrator = all.get(name);
        if (migrator == null) {
            return badRequest(
                    word, "There is no migrator of that name, only: " + String.join(", ", all.keySet()) + ".");
        }
        return new Request(operation, name, migrator, by).answer();
    }

    /** Those of the innermost context first: of two of one name it is that one which counts. */
    private Map<String, Migrator> migrators(@Nullable String contextId) {
        Map<String, Migrator> all = new LinkedHashMap<>();
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            if (contextId == null || contextId.equals(String.valueOf(each.getId()))) {
                each.getBeansOfType(Migrator.class).forEach(all::putIfAbsent);
            }
        }
        return all;
    }

    static boolean runs(Migrator migrator) {
        return migrator.current() != null;
    }

    private static WebEndpointResponse<OperationDescriptor> badRequest(String word, String message) {
        return new WebEndpointResponse<>(
                new OperationDescriptor(word, null, message, null, null, null), WebEndpointResponse.STATUS_BAD_REQUEST);
    }

    /** One operation on one migrator. */
    private final class Request {

        private final Operation operation;
        private final String name;
        private final Migrator migrator;
        private final SecurityContext by;
        private final @Nullable String actor;

        Request(Operation operation, String name, Migrator migrator, SecurityContext by) {
            this.operation = operation;
            this.name = name;
            this.migrator = migrator;
            this.by = by;
            this.actor = KnownReader.name(by);
        }

        WebEndpointResponse<OperationDescriptor> answer() {
            return switch (operation) {
                case MIGRATE -> migrate();
                case RETRY -> retry();
                case VALIDATE -> validate();
                case CANCEL -> cancel();
            };
        }

        private WebEndpointResponse<OperationDescriptor> migrate() {
            String refusal = permission.refusal();
            if (refusal != null) {
                return answer(CONFLICT, refusal);
            }
            if (isBusy()) {
                return busy();
            }
            if (permission.isStarting()) {
                return answer(CONFLICT, "Nothing was run: the application is still starting, and migrates by itself.");
            }
            if (!runs.begin(name, migrator, actor)) {
                return busy();
            }
            record.done(operation, name, actor);
            runs.awaitSeen(migrator);
            return answer(ACCEPTED, "The run has begun; the endpoint tells how far it is.");
        }

        /** What cannot be told without a person is refused by the run itself, and remains for a repair. */
        private WebEndpointResponse<OperationDescriptor> retry() {
            MigratorStatus status = migrator.snapshot();
            boolean failed = status.state() == MigratorState.FAILED
                    || status.migrations().stream().anyMatch(migration -> UNFINISHED.contains(migration.state()));
            if (permission.refusal() == null && !isBusy() && !failed) {
                return answer(
                        CONFLICT,
                        "Nothing was run: nothing has failed or was interrupted. What is pending is run by 'migrate'.");
            }
            return migrate();
        }

        private WebEndpointResponse<OperationDescriptor> validate() {
            if (isBusy()) {
                return busy();
            }
            record.done(operation, name, actor);
            try {
                return validated(migrator.validate());
            } catch (MigratorException ex) {
                logger.warn("Validation was not possible ('{}'): {}", name, ex.getMessage());
                return answer(
                        WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                        "Validation was not possible: " + (disclosure.allows(by) ? ex.description() : Redaction.WHERE));
            }
        }

        private WebEndpointResponse<OperationDescriptor> validated(List<Problem> problems) {
            problems.forEach(
                    problem -> logger.warn("Validation ('{}'): {} {}", name, problem.message(), problem.action()));
            if (disclosure.allows(by)) {
                return answer(
                        WebEndpointResponse.STATUS_OK,
                        problems.isEmpty() ? "All is well." : "A run would be refused.",
                        problems.stream().map(ProblemDescriptor::of).toList());
            }
            return answer(
                    WebEndpointResponse.STATUS_OK,
                    problems.isEmpty()
                            ? "All is well."
                            : Redaction.counted(problems.size(), "problem").get(0));
        }

        private WebEndpointResponse<OperationDescriptor> cancel() {
            // a wait for another instance's run is no run
            if (!isBusy() || !migrator.cancel(actor)) {
                return answer(CONFLICT, "Nothing was cancelled: no run is under way.");
            }
            record.done(operation, name, actor);
            return answer(
                    ACCEPTED,
                    "The run is being cancelled. What is committed stays, and the next run goes on behind it.");
        }

        private boolean isBusy() {
            return runs.isUnderWay(migrator) || runs(migrator);
        }

        private WebEndpointResponse<OperationDescriptor> busy() {
            return answer(CONFLICT, "Nothing was done: a run is under way.");
        }

        private WebEndpointResponse<OperationDescriptor> answer(int status, String message) {
            return answer(status, message, null);
        }

        private WebEndpointResponse<OperationDescriptor> answer(
                int status, String message, @Nullable List<ProblemDescriptor> problems) {
            MigratorStatus now = disclosure.of(migrator.snapshot(), by);
            return new WebEndpointResponse<>(
                    new OperationDescriptor(
                            operation.word(),
                            name,
                            message,
                            MigratorDescriptor.state(now, permission.enabled()),
                            CurrentDescriptor.withAllThatIsIn(now.current()),
                            problems),
                    status);
        }
    }
}
