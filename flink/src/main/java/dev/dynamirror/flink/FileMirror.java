package dev.dynamirror.flink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.FileInput;
import dev.dynamirror.flink.sink.MirrorPlan;
import dev.dynamirror.flink.sink.OrderedMirror;
import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A mirror of files whose changes need only be written in their order, and so need no planner.
 *
 * @param files the files
 * @param plan the mirror
 */
record FileMirror(FileInput files, MirrorPlan plan) {

    /**
     * Whether the changes of files, written in their order, leave a table that is equal to the files: rows only come, so that
     * of one key the last is there; or they replace each other by the key of the mirror. Each row must have a key, and a delete
     * all that the mirror wants of it.
     *
     * @throws MirrorException if the files can't be read, or don't tell their columns
     */
    static boolean isOrdered(FileInput files, MirrorSettings settings) {
        Schema schema = files.schema();
        boolean everyRowHasAKey = settings.keyColumns().stream()
                .allMatch(name -> schema.column(name)
                        .map(Column::type)
                        .filter(type -> !type.isOptional())
                        .isPresent());
        if (!everyRowHasAKey) {
            return false;
        }
        return files.insertOnly()
                || (Set.copyOf(files.upsertKey()).equals(Set.copyOf(settings.keyColumns()))
                        && settings.write().order().versionColumn() == null);
    }

    /**
     * The mirror of files.
     *
     * @throws MirrorException as {@link MirrorPlan#of}
     */
    static FileMirror of(FileInput files, MirrorSettings settings) {
        return new FileMirror(files, MirrorPlan.of(settings, FlinkRows.rowType(files.schema())));
    }

    /**
     * Submits mirrors as one job.
     *
     * @throws MirrorException if it can't be submitted, or a table is to be reconciled with files that have no end
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    static JobClient submit(List<FileMirror> mirrors, StreamExecutionEnvironment environment)
            throws InterruptedException {
        List<Transformation<?>> sinks = new ArrayList<>();
        for (FileMirror mirror : mirrors) {
            sinks.add(OrderedMirror.add(mirror.plan, mirror.files.rowData(environment)));
        }
        ExecutionConfig config = environment.getConfig();
        boolean reusesObjects = config.isObjectReuseEnabled();
        // All operators are ours, and none changes what it is given, so that Flink need not copy each row for each of
        // them.
        config.enableObjectReuse();
        try {
            // Of these only: the environment may know of others that were never declared.
            StreamGraph job = environment.generateStreamGraph(sinks);
            job.setJobName(mirrors.stream()
                    .map(mirror -> "mirror " + mirror.plan.settings().name())
                    .collect(Collectors.joining(", ")));
            return environment.executeAsync(job);
        } catch (InterruptedException e) {
            throw e;
        } catch (NoClassDefFoundError e) {
            throw JobFailure.ofMissing(e);
        } catch (Exception e) {
            throw JobFailure.of(e);
        } finally {
            if (!reusesObjects) {
                config.disableObjectReuse();
            }
        }
    }
}
