package dev.dynamirror.flink;

import dev.dynamirror.flink.function.PointerFromText;
import dev.dynamirror.flink.function.PointerOf;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.jspecify.annotations.Nullable;

/** Flink's planner with what it is to run as one job; it is started when it is first asked for, as that takes a second. */
final class Planner {

    private final StreamExecutionEnvironment environment;
    private @Nullable StreamTableEnvironment tables;
    private @Nullable Statements statements;
    private @Nullable Thread creator;

    Planner(StreamExecutionEnvironment environment) {
        this.environment = environment;
    }

    /** Whether anything was asked for. */
    boolean isUsed() {
        return tables != null;
    }

    /** The environment of tables, with the functions of pointers. */
    StreamTableEnvironment tables() {
        if (tables == null) {
            creator = Thread.currentThread();
            tables = StreamTableEnvironment.create(environment);
            tables.createTemporarySystemFunction(PointerOf.NAME, PointerOf.class);
            tables.createTemporarySystemFunction(PointerFromText.NAME, PointerFromText.class);
        }
        return tables;
    }

    /** What is to run. */
    Statements statements() {
        if (statements == null) {
            statements = new Statements(tables());
        }
        return statements;
    }

    boolean hasStatements() {
        return statements != null && !statements.isEmpty();
    }

    void forgetStatements() {
        statements = null;
    }

    /**
     * Lets this thread plan: Flink's planner keeps something per thread that only the creation of an environment sets,
     * and another thread than the one that has started the planner may run it.
     */
    void makeReady() {
        if (isUsed() && Thread.currentThread() != creator) {
            StreamTableEnvironment unused = StreamTableEnvironment.create(environment);
        }
    }
}
