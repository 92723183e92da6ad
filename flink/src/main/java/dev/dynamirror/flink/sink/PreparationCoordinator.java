package dev.dynamirror.flink.sink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationResponse;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares a mirror's table, once for a fresh start of the job, whatever the parallelism; lives in the JobManager.
 *
 * <p>A job that begins from a checkpoint or savepoint, recovers or is rescaled finds the table prepared.
 *
 * <p>If the table is reconciled, it is prepared when all reconcilers know what is different, and no more items would be
 * deleted than may be. Until then the gate stays closed, so that no checkpoint is taken: a job that fails before begins anew.
 */
final class PreparationCoordinator implements OperatorCoordinator, CoordinationRequestHandler {

    /** Asked by a gate: whether rows may come. */
    static final class IsTableReady implements CoordinationRequest {
        private static final long serialVersionUID = 1L;
    }

    /** Asked by who compares the table with the live table: whether it is to be compared, which it must be there for. */
    static final class IsTableCompared implements CoordinationRequest {
        private static final long serialVersionUID = 1L;
    }

    /** What a task is answered. */
    enum Answer {
        /** Nobody knows; ask again. */
        NOT_YET,
        /** Rows may come. */
        READY,
        /** The table is there, and has to be compared. */
        COMPARE;

        /** The answer in a form of Flink's own, as the answering side may not have the job's classes at hand. */
        private CoordinationResponse response() {
            return new CollectCoordinationResponse(name(), 0, List.of());
        }

        static Answer of(CoordinationResponse response) {
            return response instanceof CollectCoordinationResponse known ? valueOf(known.getVersion()) : NOT_YET;
        }
    }

    /**
     * Makes the coordinator.
     *
     * @param getOperatorId the gate's operator
     * @param plan the mirror
     */
    record Provider(OperatorID getOperatorId, MirrorPlan plan) implements OperatorCoordinator.Provider {
        @Override
        public OperatorCoordinator create(Context context) {
            return new PreparationCoordinator(context, plan);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(PreparationCoordinator.class);

    /** Well below the time after which Flink takes a question for lost. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private static final byte[] PREPARED_STATE = {1};

    /**
     * The gates of running jobs whose tables are prepared. Flink's adaptive scheduler makes a new coordinator at each
     * restart, and tells it nothing if there was no checkpoint. That scheduler closes the old one at each restart as at
     * the end of the job, so none can tell when its gate will not come again, and no entry is removed: some hundred bytes
     * for each mirror of each job of a JobManager.
     */
    private static final Set<String> PREPARED = ConcurrentHashMap.newKeySet();

    private final Context context;
    private final MirrorPlan plan;
    private final Reconciliation reconciliation;

    /** Done when the table is there and can be written to. */
    private final CompletableFuture<Answer> prepared = new CompletableFuture<>();

    /** Done when the gate may open. */
    private volatile CompletableFuture<Answer> ready = new CompletableFuture<>();

    private volatile InitMode initMode;
    private volatile boolean closed;
    private @Nullable Thread preparation;

    private PreparationCoordinator(Context context, MirrorPlan plan) {
        this.context = context;
        this.plan = plan;
        this.initMode = plan.settings().initMode();
        this.reconciliation = new Reconciliation(
                plan.settings().tableName(), plan.settings().reconcile().deletes());
    }

    @Override
    public void resetToCheckpoint(long checkpointId, byte @Nullable [] state) {
        if (checkpointId == NO_CHECKPOINT) {
            compareAnew();
            return;
        }
        if (state != null) {
            LOG.info(
                    "mirror {}: goes on from checkpoint {}; the table is not prepared again",
                    plan.settings().name(),
                    checkpointId);
            prepared.complete(Answer.READY);
            ready.complete(Answer.READY);
        } else if (initMode == InitMode.REPLACE || initMode == InitMode.RECONCILE) {
            // The mirror is new in a job that is not, so its rows may not all come again: nothing is deleted.
            LOG.warn(
                    "mirror {}: it is new in a job that goes on from a savepoint, whose rows may not all come again, so the"
                            + " table is not {}d; its items stay",
                    plan.settings().name(),
                    initMode.name().toLowerCase(Locale.ROOT));
            initMode = InitMode.CREATE_IF_NOT_EXISTS;
        }
    }

    /** Has the reconcilers, which lose what they know when they begin again, report again. */
    private void compareAnew() {
        if (initMode == InitMode.RECONCILE) {
            reconciliation.restart();
            if (ready.isDone()) {
                ready = new CompletableFuture<>();
            }
        }
    }

    @Override
    public void start() {
        if (initMode != InitMode.RECONCILE && PREPARED.contains(gate())) {
            prepared.complete(Answer.READY);
            ready.complete(Answer.READY);
        }
        if (prepared.isDone()) {
            return;
        }
        Thread thread = new Thread(
                this::prepare, "dynamirror-prepare-" + plan.settings().name());
        thread.setDaemon(true);
        thread.start();
        preparation = thread;
    }

    @Override
    public CompletableFuture<CoordinationResponse> handleCoordinationRequest(CoordinationRequest request) {
        if (request instanceof ReconcileReport report) {
            take(report);
        }
        CompletableFuture<Answer> answer = request instanceof IsTableCompared ? isCompared() : ready.copy();
        return answer.completeOnTimeout(Answer.NOT_YET, LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(Answer::response);
    }

    private CompletableFuture<Answer> isCompared() {
        if (initMode != InitMode.RECONCILE || ready.isDone()) {
            return ready.copy();
        }
        return prepared.thenApply(there -> ready.isDone() ? Answer.READY : Answer.COMPARE);
    }

    private void take(ReconcileReport report) {
        if (ready.isDone()) {
            return;
        }
        try {
            reconciliation.take(report).ifPresent(totals -> {
                LOG.info(
                        "mirror {}: of {} rows {} are equal to their items, {} are missing, {} are different; {} items are"
                                + " to be deleted; that costs {} write units without indexes",
                        plan.settings().name(),
                        totals.rows(),
                        totals.equal(),
                        totals.missing(),
                        totals.different(),
                        totals.unexpected(),
                        totals.writeUnits());
                ready.complete(Answer.READY);
            });
        } catch (MirrorException e) {
            fail(e);
        }
    }

    @Override
    public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> result) {
        if (ready.isDone()) {
            result.complete(PREPARED_STATE);
        } else {
            result.completeExceptionally(
                    new IllegalStateException("mirror " + plan.settings().name() + ": the table is not prepared yet"));
        }
    }

    @Override
    public void close() {
        closed = true;
        if (preparation != null) {
            preparation.interrupt();
        }
    }

    @Override
    public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
        throw new IllegalStateException("a gate sends no events: " + event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {}

    @Override
    public void subtaskReset(int subtask, long checkpointId) {
        if (checkpointId == NO_CHECKPOINT) {
            compareAnew();
        }
    }

    @Override
    public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {}

    @Override
    public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {}

    @SuppressWarnings("try") // the class loader is used by being there
    private void prepare() {
        try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(context.getUserCodeClassloader());
                Connection connection = Connection.open(plan.settings().connection())) {
            logStart(connection);
            new TablePreparer(connection.client())
                    .prepare(plan.settings().preparation(plan.schema()).with(initMode));
            PREPARED.add(gate());
            LOG.info("mirror {}: the table is ready", plan.settings().name());
            prepared.complete(Answer.READY);
            if (initMode != InitMode.RECONCILE) {
                ready.complete(Answer.READY);
            }
        } catch (Throwable e) { // whatever it is, the job must hear of it
            fail(e);
        }
    }

    /** What is mirrored, where to and how; none of it is a secret. */
    private void logStart(Connection connection) {
        MirrorSettings settings = plan.settings();
        LOG.info(
                "mirror {}: starts; table {} at {} in {} with {}; init mode {}; columns {}; {}; {}; {}; of a created table are"
                        + " set {}",
                settings.name(),
                settings.tableName(),
                connection.endpoint(),
                connection.region(),
                plan.table().describeKey(),
                initMode,
                plan.schema(),
                settings.rows(),
                settings.write(),
                settings.reconcile(),
                settings.table().optionsThatAreSet());
    }

    private void fail(Throwable e) {
        if (!closed) {
            context.failJob(new SuppressRestartsException(e));
        }
    }

    private String gate() {
        return context.getJobID() + "/" + context.getOperatorId();
    }
}
