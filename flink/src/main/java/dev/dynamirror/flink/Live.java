package dev.dynamirror.flink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.FileInput;
import dev.dynamirror.flink.input.LiveRows;
import dev.dynamirror.flink.input.Markdown;
import dev.dynamirror.flink.sink.BadRowFolder;
import dev.dynamirror.flink.sink.FollowingTableFactory;
import dev.dynamirror.flink.sink.MirrorPlan;
import dev.dynamirror.flink.sink.VerificationAccumulator;
import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.ReadSettings;
import dev.dynamirror.mirror.TableReader;
import dev.dynamirror.reconcile.Verification;
import dev.dynamirror.table.InitMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.InsertConflictStrategy;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableImpl;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeUtils;
import org.apache.flink.types.Row;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live tables and their mirrors: declares which table is kept in which DynamoDB table, and runs that as one Flink job.
 *
 * <p>Flink runs inside this JVM, or the job goes to the cluster that the program is submitted to. A live table is a
 * Flink {@link Table}, made here or by {@link #tableEnvironment()}. To be used by one thread at a time, but for {@link #close}.
 */
public final class Live implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    private static final Duration LONGEST_CANCEL = Duration.ofSeconds(10);

    private final StreamExecutionEnvironment environment;
    private final Planner planner;
    private final Map<String, MirrorSettings> mirrors = new LinkedHashMap<>();
    private final List<FileMirror> fileMirrors = new ArrayList<>();
    private final List<String> snapshots = new ArrayList<>();
    private @Nullable JobClient running;
    private boolean closed;
    private int tablesRead;

    private Live(StreamExecutionEnvironment environment) {
        this.environment = environment;
        this.planner = new Planner(environment);
    }

    /** Flink with its own defaults. */
    public static Live create() {
        return create(new Configuration());
    }

    /** Flink with that configuration, for instance of checkpoints. */
    public static Live create(Configuration configuration) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        if (environment instanceof LocalStreamEnvironment) {
            Configuration embedded = new Configuration(configuration);
            ScratchFolder.ofThisJvm().addTo(embedded);
            environment = StreamExecutionEnvironment.getExecutionEnvironment(embedded);
        }
        return create(environment);
    }

    /** An environment that the program has set up. */
    public static Live create(StreamExecutionEnvironment environment) {
        return new Live(environment);
    }

    /** Flink's environment of these tables, for SQL and for tables of any connector; it has the functions of pointers. */
    public StreamTableEnvironment tableEnvironment() {
        return planner.tables();
    }

    /**
     * A live table from a table in markdown, as Pathway reads it.
     *
     * @throws MirrorException if the text is no such table; the message names line and column
     */
    public Table tableFromMarkdown(String text) {
        return tableFromMarkdown(Markdown.table(text));
    }

    /**
     * A live table from a table in markdown, with a schema or another way to split its columns.
     *
     * @throws MirrorException if the text is no such table; the message names line and column
     */
    public Table tableFromMarkdown(Markdown markdown) {
        return table(markdown.rows());
    }

    /**
     * A live table from rows of the program, in the order in which they come and go.
     *
     * @param schema the columns
     * @param rows positional rows, or rows with the columns' names; each is inserted, or removed if its kind says so
     * @throws MirrorException if a row doesn't fit the schema, or a row is removed that isn't there
     */
    public Table tableFromRows(dev.dynamirror.value.Schema schema, Row... rows) {
        return table(JavaRows.check(schema, List.of(rows)));
    }

    /**
     * A live table from a file, or several.
     *
     * @throws MirrorException if the file can't be read, or its columns can't be told; or if its rows replace each other, and
     *     its primary key is not given or can't be one
     */
    public Table tableFromFile(FileInput file) {
        List<String> key = file.upsertKey();
        return key.isEmpty()
                ? table(file.schema(), file.changes(environment), file.insertOnly())
                : upserts(file.schema(), key, file.changes(environment));
    }

    /**
     * The rows of a DynamoDB table as they are when the job runs: a bounded table, read by as many readers as the job has
     * tasks. Only the columns that a query needs are asked for; a limit, and a filter on the partition key, are
     * DynamoDB's.
     *
     * <p>Without a schema the columns are inferred from the table's first 10,000 items; one of mixed types is a {@code
     * json}. Attributes that only later items have are left out.
     *
     * @param table the table, its place and its schema, made with {@link dev.dynamirror.mirror.DynamoDb#table}
     * @throws MirrorException if there is no such table, it can't be read, there is no region or are no credentials, or
     *     the schema has another type for a column of the key than the table
     */
    public Table read(MirrorSettings.Builder table) {
        ReadSettings settings = table.buildForReading();
        dev.dynamirror.value.Schema columns;
        List<String> key;
        try (TableReader reader = TableReader.open(table)) {
            columns = reader.schema();
            key = reader.key();
        }
        tablesRead++;
        String path = "`read " + tablesRead + " of " + settings.tableName() + "`";
        planner.tables().createTemporaryTable(path, TableDescriptors.read(settings, columns, key));
        return planner.tables().from(path);
    }

    /**
     * Declares a mirror: from {@link #run} on, the DynamoDB table follows the live table.
     *
     * @param table any Flink table
     * @param mirror where it is mirrored, made with {@link dev.dynamirror.mirror.DynamoDb#table}
     * @throws MirrorException if the settings are incomplete, a key is no column of the table or can't be a key, a
     *     column has a type that can't be written, another mirror of that name is declared, or
     *     the table was made by another environment
     */
    public void write(Table table, MirrorSettings.Builder mirror) {
        MirrorSettings settings = mirror.build();
        checkAgainstOthers(settings);
        writePlanned(table, settings);
    }

    private void writePlanned(Table table, MirrorSettings settings) {
        // Refuses what can't be mirrored here and now, with the place in the program that declares it.
        MirrorPlan plan = MirrorPlan.of(settings, rowType(table));
        checkOrigin(settings, table);
        KeyColumns key = KeyColumns.of(table, plan);
        declare(plan, TableDescriptors.write(plan), key.present(), key.setAside());
    }

    /**
     * Declares a mirror of a live table that goes on: from {@link #run} on, the DynamoDB table is reconciled with a snapshot of
     * the live table, and then follows its changes. Both are read from the start; changes wait until the snapshot has ended and
     * is compared.
     *
     * <p>The changes must begin no later than the snapshot is read. Those that the snapshot has already are written again.
     *
     * @param snapshot all rows that there are: a table that has an end, and whose rows only come
     * @param changes what comes after them; the same columns
     * @param mirror where it is mirrored, made with {@link dev.dynamirror.mirror.DynamoDb#table}; its init mode is {@link
     *     InitMode#RECONCILE}
     * @throws MirrorException as {@link #write(Table, MirrorSettings.Builder)}; or if the init mode is another one, the
     *     columns are not the same, or rows of the snapshot may go
     */
    public void write(Table snapshot, Table changes, MirrorSettings.Builder mirror) {
        MirrorSettings settings = mirror.build();
        if (settings.initMode() != InitMode.RECONCILE) {
            throw new MirrorException(
                    "mirror " + settings.name() + ": a snapshot is what a table is reconciled with; set"
                            + " init-mode to reconcile, or leave the snapshot out");
        }
        MirrorPlan plan = MirrorPlan.of(settings, rowType(changes));
        checkAgainstOthers(settings);
        checkOrigin(settings, snapshot);
        checkOrigin(settings, changes);
        KeyColumns snapshotKey = KeyColumns.of(snapshot, MirrorPlan.of(settings, rowType(snapshot)));
        KeyColumns key = KeyColumns.of(changes, plan);
        Table absent = Stream.of(snapshotKey, key)
                .flatMap(each -> Stream.ofNullable(each.setAside()))
                .reduce(Table::unionAll)
                .orElse(null);
        String id = FollowingTableFactory.keep(Snapshot.of(planner.tables(), snapshotKey.present(), plan));
        snapshots.add(id);
        declare(plan, TableDescriptors.writeFollowing(plan, id), key.present(), absent);
    }

    /**
     * Declares a mirror of files. If they are followed, and its init mode is {@link InitMode#RECONCILE}, the files are read at
     * once, and the table is reconciled with what they have, before it follows them; the job must run in this JVM then.
     *
     * <p>Where the order of the files' changes is all that matters, the job starts without Flink's planner, and two seconds
     * sooner than as {@link #write(Table, MirrorSettings.Builder)} of {@link #tableFromFile}; but not beside mirrors of tables.
     *
     * @param files the files; if they are followed, or their rows replace each other, with their primary key
     * @param mirror where it is mirrored, made with {@link dev.dynamirror.mirror.DynamoDb#table}
     * @throws MirrorException as {@link #write(Table, MirrorSettings.Builder)}; or if the files can't be read
     */
    public void write(FileInput files, MirrorSettings.Builder mirror) {
        MirrorSettings settings = mirror.build();
        if (settings.initMode() == InitMode.RECONCILE && files.isFollowed()) {
            List<String> key = files.upsertKey();
            FileInput.FirstLook look = files.firstLook(environment);
            write(table(files.schema(), look.rows(), true), upserts(files.schema(), key, look.changes()), mirror);
        } else if (FileMirror.isOrdered(files, settings)) {
            FileMirror declared = FileMirror.of(files, settings);
            checkAgainstOthers(settings);
            fileMirrors.add(declared);
            mirrors.put(settings.name(), settings);
        } else {
            write(tableFromFile(files), mirror);
        }
    }

    private void declare(MirrorPlan plan, TableDescriptor descriptor, Table present, @Nullable Table absent) {
        MirrorSettings settings = plan.settings();
        String path = path(settings.name());
        planner.tables().createTemporaryTable(path, descriptor);
        try {
            planner.statements().add(present.insertInto(path, InsertConflictStrategy.deduplicate()));
        } catch (RuntimeException e) {
            planner.tables().dropTemporaryTable(path);
            throw e;
        }
        if (absent != null) {
            planner.tables().createTemporaryTable(pathOfAbsentKeys(settings.name()), TableDescriptors.absentKeys(plan));
            planner.statements().add(absent.insertInto(pathOfAbsentKeys(settings.name())));
        }
        mirrors.put(settings.name(), settings);
    }

    /**
     * Executes a script of Flink SQL, whose statements end with a semicolon at the end of a line: what declares or sets
     * something at once; all that inserts is gathered, and runs as one job with the mirrors that are declared, by {@link #run}.
     *
     * @param script any statements but queries, whose rows would go nowhere
     * @return what statements that tell something have told, as {@code SHOW} and {@code EXPLAIN}: lines
     * @throws MirrorException if a statement is wrong; the message names the line where it begins
     */
    public List<String> execute(String script) {
        planner.makeReady();
        return planner.statements().execute(script);
    }

    /**
     * Compares a live table with its DynamoDB table, as {@link #verify(Table, MirrorSettings.Builder, String)}, and tells
     * the first differences only.
     *
     * @throws MirrorException if they can't be compared
     * @throws InterruptedException if the thread is interrupted while it waits; the job is cancelled then
     * @throws IllegalStateException if this was closed before
     */
    public Verification verify(Table table, MirrorSettings.Builder mirror) throws InterruptedException {
        return verifyInto(table, mirror, null);
    }

    /**
     * Compares a live table with its DynamoDB table, as a job of its own that writes nothing to it: reads the whole table,
     * strongly consistent, and joins it with the live table by key. What an item would be is what a mirror with these
     * settings makes of its row, with DynamoDB's equality; attributes that others look after are left out ({@link
     * MirrorSettings.Builder#ignoreAttributes}).
     *
     * <p>Rows that can't become items fail it; a mirror that sets them aside has them counted only.
     *
     * @param table any Flink table that has an end
     * @param mirror where it is mirrored, made with {@link dev.dynamirror.mirror.DynamoDb#table}; its init mode, and what it
     *     says about writing, don't matter
     * @param output the file of all differences, each a line of JSON: a path of one of Flink's file systems
     * @throws MirrorException if the settings can't be a mirror of the table, there is no such DynamoDB table, its key is
     *     another one, it or the live table can't be read, the live table has no end, or the job was cancelled
     * @throws InterruptedException if the thread is interrupted while it waits; the job is cancelled then
     * @throws IllegalStateException if this was closed before
     */
    public Verification verify(Table table, MirrorSettings.Builder mirror, String output) throws InterruptedException {
        return verifyInto(table, mirror, output);
    }

    private Verification verifyInto(Table table, MirrorSettings.Builder mirror, @Nullable String output)
            throws InterruptedException {
        checkOpen();
        MirrorSettings settings = mirror.buildForVerifying();
        MirrorPlan plan = MirrorPlan.of(settings, rowType(table));
        checkOrigin(settings, table);
        checkConnections(List.of(settings));
        // Names of its own, as the mirror may be declared, too.
        String comparison = "comparison of " + settings.name();
        String path = path(comparison);
        String pathOfAbsentKeys = pathOfAbsentKeys(comparison);
        KeyColumns key = KeyColumns.of(table, plan);
        Table absent = key.setAside();
        try {
            Statements job = new Statements(planner.tables());
            planner.tables().createTemporaryTable(path, TableDescriptors.comparison(plan, output));
            job.add(key.present().insertInto(path, InsertConflictStrategy.deduplicate()));
            if (absent != null) {
                planner.tables().createTemporaryTable(pathOfAbsentKeys, TableDescriptors.absentKeysOfComparison(plan));
                job.add(absent.insertInto(pathOfAbsentKeys));
            }
            return runToEnd(() -> submit(job))
                    .map(result -> result.<Verification>getAccumulatorResult(VerificationAccumulator.NAME))
                    .orElseThrow(() -> new MirrorException("the comparison was cancelled"));
        } finally {
            planner.tables().dropTemporaryTable(path);
            planner.tables().dropTemporaryTable(pathOfAbsentKeys);
        }
    }

    /**
     * Runs all declared mirrors as one job: returns when bounded input is written to the last change, and streams
     * unbounded input until {@link #close} is called or the job is cancelled. Afterwards other mirrors may be declared
     * and run.
     *
     * @throws MirrorException if there is nothing to run, no region or no credentials, a table can't be prepared, or a
     *     mirror fails
     * @throws InterruptedException if the thread is interrupted while it waits; the job is cancelled then, and no longer
     *     writes
     * @throws IllegalStateException if this was closed before
     */
    public void run() throws InterruptedException {
        checkReady();
        try {
            checkConnections(mirrors.values());
            if (isEmbedded()) {
                mirrors.values().forEach(BadRowFolder::check);
            }
            runToEnd(this::submitAll);
        } finally {
            forgetDeclarations();
        }
    }

    /**
     * Submits what is declared to a cluster as one job, and does not wait for its end.
     *
     * @return the job's id
     * @throws MirrorException if nothing is declared, or the job can't be planned or submitted
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws IllegalStateException if this was closed before
     */
    public String submit() throws InterruptedException {
        checkReady();
        try {
            return submitAll().getJobID().toHexString();
        } finally {
            forgetDeclarations();
        }
    }

    private void checkReady() {
        checkOpen();
        if (fileMirrors.isEmpty() && !planner.hasStatements()) {
            throw new MirrorException("there is nothing to run; declare a mirror with write first");
        }
    }

    private void forgetDeclarations() {
        if (planner.isUsed()) {
            mirrors.keySet().forEach(this::dropTables);
            planner.forgetStatements();
        }
        mirrors.clear();
        fileMirrors.clear();
        snapshots.forEach(FollowingTableFactory::forget);
        snapshots.clear();
    }

    /** Cancels the job that runs, if there is one, and lets no other run; may be called by any thread. */
    @Override
    public void close() {
        JobClient job;
        synchronized (this) {
            closed = true;
            job = running;
        }
        if (job != null) {
            cancel(job);
        }
    }

    /** Submits what is declared as one job: files by themselves without the planner, which takes two seconds. */
    private JobClient submitAll() throws InterruptedException {
        if (!planner.isUsed()) {
            return FileMirror.submit(fileMirrors, environment);
        }
        fileMirrors.forEach(mirror ->
                writePlanned(tableFromFile(mirror.files()), mirror.plan().settings()));
        return submit(planner.statements());
    }

    private JobClient submit(Statements job) throws InterruptedException {
        planner.makeReady();
        return job.submit();
    }

    private void checkOpen() {
        if (isClosed()) {
            throw new IllegalStateException("this Live is closed, and runs nothing any more");
        }
    }

    private void dropTables(String mirrorName) {
        planner.tables().dropTemporaryTable(path(mirrorName));
        planner.tables().dropTemporaryTable(pathOfAbsentKeys(mirrorName));
    }

    /** Submits a job. */
    private interface Submission {
        JobClient submit() throws InterruptedException;
    }

    /** Runs a job to its end; gives nothing if it was cancelled. */
    private Optional<JobExecutionResult> runToEnd(Submission job) throws InterruptedException {
        JobClient started = job.submit();
        boolean late;
        synchronized (this) {
            running = started;
            late = closed;
        }
        if (late) {
            cancel(started);
        }
        try {
            return Optional.of(started.getJobExecutionResult().get());
        } catch (InterruptedException e) {
            cancel(started);
            awaitEnd(started);
            throw e;
        } catch (ExecutionException e) {
            if (!isCancellation(e)) {
                throw JobFailure.of(e);
            }
            LOG.info("the job was cancelled");
            return Optional.empty();
        } finally {
            synchronized (this) {
                running = null;
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Whether somebody wanted the job to end, who may be this object or the cluster's user. */
    private static boolean isCancellation(ExecutionException e) {
        return ExceptionUtils.findThrowable(e, JobCancellationException.class).isPresent();
    }

    private static void cancel(JobClient job) {
        try {
            job.cancel().get(LONGEST_CANCEL.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            LOG.debug("the job has ended before it was cancelled", e);
        }
    }

    /** A job goes on for a moment after it was told to end. */
    private static void awaitEnd(JobClient cancelled) {
        try {
            cancelled.getJobExecutionResult().get(LONGEST_CANCEL.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            LOG.debug("the job has ended, or takes its time", e);
        }
    }

    /** An embedded job has this program's environment: what it lacks is told before anything is read. */
    private void checkConnections(Collection<MirrorSettings> used) {
        if (isEmbedded()) {
            used.stream()
                    .map(MirrorSettings::connection)
                    .distinct()
                    .forEach(settings -> Connection.open(settings).close());
        }
    }

    private boolean isEmbedded() {
        return environment instanceof LocalStreamEnvironment;
    }

    private void checkAgainstOthers(MirrorSettings settings) {
        if (mirrors.containsKey(settings.name())) {
            throw new MirrorException(
                    "there is a mirror named " + settings.name() + " already; give this one another name");
        }
        mirrors.values().stream()
                .filter(other -> other.tableName().equals(settings.tableName())
                        && other.connection().equals(settings.connection())
                        && (removesItems(other) || removesItems(settings)))
                .findFirst()
                .ifPresent(other -> {
                    InitMode mode = removesItems(settings) ? settings.initMode() : other.initMode();
                    throw new MirrorException("mirrors " + other.name() + " and " + settings.name()
                            + " both write to table " + settings.tableName()
                            + ", so neither can " + mode.name().toLowerCase(Locale.ROOT)
                            + " it; mirror the union of their live tables");
                });
    }

    /** Whether the mirror begins with the removal of items that are not its own. */
    private static boolean removesItems(MirrorSettings settings) {
        return switch (settings.initMode()) {
            case REPLACE, RECONCILE -> true;
            case DEFAULT, CREATE_IF_NOT_EXISTS -> false;
        };
    }

    private Table table(LiveRows rows) {
        return table(rows.schema(), rows.toStream(environment), rows.insertOnly());
    }

    private Table table(dev.dynamirror.value.Schema columns, DataStream<Row> changes, boolean insertOnly) {
        return planner.tables()
                .fromChangelogStream(
                        changes,
                        FlinkRows.columns(columns),
                        insertOnly ? ChangelogMode.insertOnly() : ChangelogMode.all());
    }

    /** The table of rows that replace each other by that key; a deleted row may lack all else. */
    private Table upserts(dev.dynamirror.value.Schema columns, List<String> key, DataStream<Row> changes) {
        return planner.tables()
                .fromChangelogStream(
                        changes,
                        Schema.newBuilder()
                                .fromSchema(FlinkRows.columns(columns))
                                .primaryKey(key)
                                .build(),
                        ChangelogMode.upsert());
    }

    private void checkOrigin(MirrorSettings settings, Table table) {
        if (table instanceof TableImpl made && made.getTableEnvironment() != planner.tables()) {
            throw new MirrorException("mirror " + settings.name() + ": its live table was made by another Live, or by"
                    + " another table environment; it must be made by this one's tableEnvironment()");
        }
    }

    private static RowType rowType(Table table) {
        // All columns, also the computed ones of a table that SQL has declared.
        LogicalType type = table.getResolvedSchema().toSourceRowDataType().getLogicalType();
        return (RowType) LogicalTypeUtils.removeTimeAttributes(type);
    }

    private static String path(String mirrorName) {
        return "`mirror " + mirrorName.replace("`", "``") + "`";
    }

    private static String pathOfAbsentKeys(String mirrorName) {
        return "`rows without key of mirror " + mirrorName.replace("`", "``") + "`";
    }
}
