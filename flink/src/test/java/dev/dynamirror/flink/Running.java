package dev.dynamirror.flink;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A run of a {@link Live} in a thread of its own; closed, if it goes on, when a test ends. */
final class Running implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(2);

    private final Live live;
    private final CompletableFuture<JobClient> job;
    private final FutureTask<@Nullable Void> run;
    private final Thread thread;

    private Running(Live live, CompletableFuture<JobClient> job) {
        this.live = live;
        this.job = job;
        this.run = new FutureTask<>(() -> {
            live.run();
            return null;
        });
        this.thread = new Thread(run, "test-run");
    }

    static Running start(StreamExecutionEnvironment environment, Live live) {
        CompletableFuture<JobClient> job = new CompletableFuture<>();
        environment.registerJobListener(new JobListener() {
            @Override
            public void onJobSubmitted(@Nullable JobClient submitted, @Nullable Throwable failure) {
                if (submitted != null) {
                    job.complete(submitted);
                }
            }

            @Override
            public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable failure) {}
        });
        Running running = new Running(live, job);
        running.thread.start();
        return running;
    }

    /** The job, as soon as Flink has it. */
    JobClient job() throws Exception {
        return whileRunning(job);
    }

    void interrupt() {
        thread.interrupt();
    }

    /** The result, which must come before the run ends. */
    <T> T whileRunning(CompletableFuture<T> result) throws Exception {
        awaitThat(result::isDone);
        return result.get();
    }

    /** Waits until the condition holds, which must be before the run ends. */
    void awaitThat(Callable<Boolean> condition) throws Exception {
        await().atMost(LONGEST).until(() -> run.isDone() || condition.call());
        if (!condition.call()) {
            awaitEnd();
            throw new AssertionError("the run has ended");
        }
    }

    /** The same, but looks often, to be there in time. */
    void awaitSoon(Callable<Boolean> condition) throws Exception {
        await().atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(SOON)
                .until(() -> run.isDone() || condition.call());
        awaitThat(condition);
    }

    /** Waits until the run has ended, and throws what it has thrown. */
    void awaitEnd() throws Exception {
        try {
            run.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() {
        live.close();
        await().atMost(LONGEST).until(run::isDone);
    }
}
