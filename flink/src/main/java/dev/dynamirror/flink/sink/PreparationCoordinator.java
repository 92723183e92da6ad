package dev.dynamirror.flink.sink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import java.time.Duration;
import java.util.List;
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

/**
 * Prepares a mirror's table, once for a fresh start of the job, whatever the parallelism; lives in the JobManager.
 *
 * <p>A job that begins from a checkpoint or savepoint, recovers or is rescaled finds the table prepared.
 */
final class PreparationCoordinator implements OperatorCoordinator, CoordinationRequestHandler {

    /** Asked by a gate. */
    static final class IsTableReady implements CoordinationRequest {
        private static final long serialVersionUID = 1L;
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

    /** Well below the time after which Flink takes a question for lost. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private static final String READY = "ready";
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
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private volatile InitMode initMode;
    private volatile boolean closed;
    private @Nullable Thread preparation;

    private PreparationCoordinator(Context context, MirrorPlan plan) {
        this.context = context;
        this.plan = plan;
        this.initMode = plan.settings().initMode();
    }

    static boolean isReady(CoordinationResponse answer) {
        return answer instanceof CollectCoordinationResponse known
                && known.getVersion().equals(READY);
    }

    @Override
    public void resetToCheckpoint(long checkpointId, byte @Nullable [] state) {
        if (checkpointId == NO_CHECKPOINT) {
            return;
        }
        if (state != null) {
            ready.complete(READY);
        } else if (initMode == InitMode.REPLACE) {
            // The mirror is new in a job that is not, so its rows may not all come again: nothing is deleted.
            initMode = InitMode.CREATE_IF_NOT_EXISTS;
        }
    }

    @Override
    public void start() {
        if (PREPARED.contains(gate())) {
            ready.complete(READY);
        }
        if (ready.isDone()) {
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
        // The answer is a class of Flink's own, as the answering side may not have the job's classes at hand.
        return ready.copy()
                .completeOnTimeout("not yet", LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(answer -> new CollectCoordinationResponse(answer, 0, List.of()));
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
    public void subtaskReset(int subtask, long checkpointId) {}

    @Override
    public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {}

    @Override
    public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {}

    @SuppressWarnings("try") // the class loader is used by being there
    private void prepare() {
        try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(context.getUserCodeClassloader());
                Connection connection = Connection.open(plan.settings().connection())) {
            new TablePreparer(connection.client())
                    .prepare(plan.settings().preparation(plan.schema()).with(initMode));
            PREPARED.add(gate());
            ready.complete(READY);
        } catch (Throwable e) { // whatever it is, the job must hear of it
            if (!closed) {
                context.failJob(new SuppressRestartsException(e));
            }
        }
    }

    private String gate() {
        return context.getJobID() + "/" + context.getOperatorId();
    }
}
