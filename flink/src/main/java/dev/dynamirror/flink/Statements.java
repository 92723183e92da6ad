package dev.dynamirror.flink;

import dev.dynamirror.error.MirrorException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.SqlParserEOFException;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.TablePipeline;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.StatementSetImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.BeginStatementSetOperation;
import org.apache.flink.table.operations.EndStatementSetOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.util.ExceptionUtils;

/** The statements that run as one job: those that the program makes, and those of scripts. */
final class Statements {

    private final StreamTableEnvironment tables;
    private final StatementSet set;

    Statements(StreamTableEnvironment tables) {
        this.tables = tables;
        this.set = tables.createStatementSet();
    }

    /** Adds what the program has made. */
    void add(TablePipeline insert) {
        set.add(insert);
    }

    /** Whether there is nothing to run. */
    boolean isEmpty() {
        return inserts().isEmpty();
    }

    /**
     * Executes what a script declares, and adds what it inserts.
     *
     * @return what statements that tell something have told
     * @throws MirrorException if a statement is wrong; the message names the line where it begins
     */
    List<String> execute(String script) {
        List<String> told = new ArrayList<>();
        new Script(script).forEach(statement -> {
            try {
                told.addAll(executeOne(statement));
                return true;
            } catch (SqlParserEOFException unfinished) {
                return false;
            } catch (SqlParserException e) {
                // A comment that goes on.
                if (String.valueOf(e.getMessage()).contains("Encountered: <EOF>")) {
                    return false;
                }
                throw JobFailure.ofStatement(e);
            } catch (TableException | ValidationException e) {
                throw JobFailure.ofStatement(e);
            }
        });
        return told;
    }

    /**
     * Submits the job.
     *
     * @throws MirrorException if it can't be planned or submitted
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    JobClient submit() throws InterruptedException {
        try {
            return set.execute().getJobClient().orElseThrow();
        } catch (NoClassDefFoundError e) {
            throw JobFailure.ofMissing(e);
        } catch (ValidationException e) {
            throw JobFailure.ofStatement(e);
        } catch (TableException e) {
            if (ExceptionUtils.findThrowable(e, InterruptedException.class).isPresent()) {
                throw (InterruptedException)
                        new InterruptedException("interrupted while the job was submitted").initCause(e);
            }
            throw JobFailure.of(e);
        }
    }

    private List<String> executeOne(String statement) {
        Operation operation = parsed(statement);
        if (operation instanceof QueryOperation) {
            throw new MirrorException("a query alone has nowhere to put its rows; expected INSERT INTO ... SELECT ...");
        }
        if (operation instanceof BeginStatementSetOperation || operation instanceof EndStatementSetOperation) {
            // All statements are one set.
            return List.of();
        }
        if (operation instanceof StatementSetOperation more) {
            inserts().addAll(more.getOperations());
            return List.of();
        }
        if (operation instanceof SinkModifyOperation) {
            set.addInsertSql(statement);
            return List.of();
        }
        if (operation instanceof SetOperation option && option.getKey().isPresent()) {
            tables.getConfig().set(option.getKey().get(), option.getValue().orElse(""));
            return List.of();
        }
        TableResult result = tables.executeSql(statement);
        if (result.getResultKind() != ResultKind.SUCCESS_WITH_CONTENT) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        result.collect().forEachRemaining(row -> lines.add(String.valueOf(row.getField(0))));
        return lines;
    }

    private Operation parsed(String statement) {
        try {
            return ((TableEnvironmentInternal) tables)
                    .getParser()
                    .parse(statement)
                    .get(0);
        } catch (IllegalArgumentException several) {
            throw new MirrorException(
                    "expected a statement to end with its line, but another one begins there", several);
        }
    }

    /** Flink's interface of a set has no way to what is in it, nor one to add a set to another. */
    private List<ModifyOperation> inserts() {
        return ((StatementSetImpl<?>) set).getOperations();
    }
}
