package dev.dynamirror.cli;

import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MergeDeletes;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.mirror.VersionedDeletes;
import dev.dynamirror.mirror.WriteMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what the items of a table are to be, whether they are written or compared. */
final class MirrorOptions {

    @Option(names = "--table", paramLabel = "NAME", required = true, order = 1, description = "The DynamoDB table.")
    private String table = "";

    @Option(
            names = "--partition-key",
            paramLabel = "COLUMN",
            required = true,
            order = 2,
            description = "The column that is the table's partition key.")
    private String partitionKey = "";

    @Option(
            names = "--sort-key",
            paramLabel = "COLUMN",
            order = 3,
            description = "The column that is the table's sort key, if any.")
    private @Nullable String sortKey;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            order = 5,
            description = "Its name in logs and metrics, if not the table's.")
    private @Nullable String name;

    @Option(
            names = "--on-bad-row",
            paramLabel = "ACTION",
            converter = BadRowActions.class,
            completionCandidates = BadRowActions.class,
            order = 8,
            description = "With a row that can't become an item: fail, or set-aside (into --bad-rows; exit status 3).")
    private OnBadRow onBadRow = OnBadRow.FAIL;

    @Option(names = "--bad-rows", paramLabel = "FOLDER", order = 9, description = "Where rows are set aside.")
    private @Nullable String badRows;

    @Option(
            names = "--unstorable-numbers",
            paramLabel = "ACTION",
            converter = NumberActions.class,
            completionCandidates = NumberActions.class,
            order = 10,
            description = "What becomes of a number that DynamoDB can't store: bad-row, or as-string.")
    private UnstorableNumbers unstorableNumbers = UnstorableNumbers.BAD_ROW;

    @Option(
            names = "--write-mode",
            paramLabel = "MODE",
            converter = WriteModes.class,
            completionCandidates = WriteModes.class,
            order = 13,
            description = "put (whole items), or merge (other attributes stay).")
    private WriteMode writeMode = WriteMode.PUT;

    @Option(
            names = "--merge-deletes",
            paramLabel = "WHAT",
            converter = Removals.class,
            completionCandidates = Removals.class,
            order = 14,
            description = "What a delete removes if merged: item, attributes.")
    private @Nullable MergeDeletes mergeDeletes;

    @Option(
            names = "--ordering",
            paramLabel = "HOW",
            converter = Orderings.class,
            completionCandidates = Orderings.class,
            order = 15,
            description = "in-order, or versioned (DynamoDB compares versions).")
    private Ordering ordering = Ordering.IN_ORDER;

    @Option(
            names = "--version-column",
            paramLabel = "COLUMN",
            order = 16,
            description = "The version. Without it the mirror makes its own.")
    private @Nullable String versionColumn;

    @Option(
            names = "--versioned-deletes",
            paramLabel = "WHAT",
            converter = Deletions.class,
            completionCandidates = Deletions.class,
            order = 17,
            description = "What a delete does if versioned: tombstone, remove.")
    private @Nullable VersionedDeletes versionedDeletes;

    @Option(
            names = "--ignore-attribute",
            paramLabel = "NAME",
            order = 21,
            description = "Is not compared, as others own it; repeatable.")
    private List<String> ignoreAttributes = List.of();

    @Option(
            names = "--max-read-units-per-second",
            paramLabel = "UNITS",
            order = 23,
            description = "The most read units used a second to compare.")
    private @Nullable Double maxReadUnitsPerSecond;

    /**
     * The mirror that these options tell of.
     *
     * @throws dev.dynamirror.error.MirrorException if one has a value that it can't have
     */
    MirrorSettings.Builder mirror() {
        MirrorSettings.Builder mirror = DynamoDb.table(table).partitionKey(partitionKey);
        if (sortKey != null) {
            mirror.sortKey(sortKey);
        }
        if (name != null) {
            mirror.name(name);
        }
        mirror.onBadRow(onBadRow).unstorableNumbers(unstorableNumbers);
        if (badRows != null) {
            mirror.badRows(badRows);
        }
        mirror.writeMode(writeMode).ordering(ordering);
        if (mergeDeletes != null) {
            mirror.mergeDeletes(mergeDeletes);
        }
        if (versionColumn != null) {
            mirror.versionColumn(versionColumn);
        }
        if (versionedDeletes != null) {
            mirror.versionedDeletes(versionedDeletes);
        }
        mirror.ignoreAttributes(ignoreAttributes.toArray(String[]::new));
        if (maxReadUnitsPerSecond != null) {
            mirror.maxReadUnitsPerSecond(maxReadUnitsPerSecond);
        }
        return mirror;
    }

    String table() {
        return table;
    }

    /** Where bad rows are set aside, if they are. */
    @Nullable
    String badRows() {
        return badRows;
    }

    static final class BadRowActions extends Words<OnBadRow> {
        BadRowActions() {
            super(OnBadRow.class, '-');
        }
    }

    static final class NumberActions extends Words<UnstorableNumbers> {
        NumberActions() {
            super(UnstorableNumbers.class, '-');
        }
    }

    static final class WriteModes extends Words<WriteMode> {
        WriteModes() {
            super(WriteMode.class, '-');
        }
    }

    static final class Removals extends Words<MergeDeletes> {
        Removals() {
            super(MergeDeletes.class, '-');
        }
    }

    static final class Orderings extends Words<Ordering> {
        Orderings() {
            super(Ordering.class, '-');
        }
    }

    static final class Deletions extends Words<VersionedDeletes> {
        Deletions() {
            super(VersionedDeletes.class, '-');
        }
    }
}
