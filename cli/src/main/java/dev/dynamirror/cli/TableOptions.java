package dev.dynamirror.cli;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.table.BillingMode;
import dev.dynamirror.table.DeletionProtection;
import dev.dynamirror.table.StreamView;
import dev.dynamirror.table.TableClass;
import dev.dynamirror.table.TableSettings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a table that is created. */
final class TableOptions {

    @Option(
            names = "--billing-mode",
            paramLabel = "MODE",
            converter = BillingModes.class,
            completionCandidates = BillingModes.class,
            order = 30,
            description = "Of a created table: on-demand, or provisioned.")
    private @Nullable BillingMode billingMode;

    @Option(names = "--read-capacity", paramLabel = "UNITS", order = 31, description = "Read units, if provisioned.")
    private @Nullable Long readCapacity;

    @Option(names = "--write-capacity", paramLabel = "UNITS", order = 32, description = "Write units, if provisioned.")
    private @Nullable Long writeCapacity;

    @Option(
            names = "--warm-read-units-per-second",
            paramLabel = "UNITS",
            order = 33,
            description = "Reads that it is ready for at once.")
    private @Nullable Long warmReadUnitsPerSecond;

    @Option(
            names = "--warm-write-units-per-second",
            paramLabel = "UNITS",
            order = 34,
            description = "Writes that it is ready for at once.")
    private @Nullable Long warmWriteUnitsPerSecond;

    @Option(
            names = "--table-class",
            paramLabel = "CLASS",
            converter = TableClasses.class,
            completionCandidates = TableClasses.class,
            order = 35,
            description = "standard, or infrequent-access.")
    private @Nullable TableClass tableClass;

    @Option(names = "--encryption-key", paramLabel = "KEY", order = 36, description = "A KMS key's id, ARN or alias.")
    private @Nullable String encryptionKey;

    @Option(names = "--tags", paramLabel = "TAGS", order = 37, description = "Like \"team=shop, stage=test\".")
    private @Nullable String tags;

    @Option(
            names = "--ttl-attribute",
            paramLabel = "COLUMN",
            order = 38,
            description = "The second since 1970 when an item goes.")
    private @Nullable String ttlAttribute;

    @Option(
            names = "--deletion-protection",
            paramLabel = "ON",
            converter = Protections.class,
            completionCandidates = Protections.class,
            order = 39,
            description = "on, or off.")
    private @Nullable DeletionProtection deletionProtection;

    @Option(
            names = "--stream",
            paramLabel = "VIEW",
            converter = StreamViews.class,
            completionCandidates = StreamViews.class,
            order = 40,
            description = "${COMPLETION-CANDIDATES}.")
    private @Nullable StreamView stream;

    @Option(
            names = "--global-indexes",
            paramLabel = "INDEXES",
            order = 41,
            description = "Like \"by-item(item, at), by-day(day) keys_only\".")
    private @Nullable String globalIndexes;

    @Option(names = "--replace-protected", order = 42, description = "Replace the table though it is protected.")
    private boolean replaceProtected;

    /**
     * The settings of these options.
     *
     * @throws MirrorException if one is none
     */
    TableSettings settings() {
        TableSettings.Builder table = TableSettings.builder();
        ifSet(billingMode, table::billingMode);
        ifSet(readCapacity, table::readCapacity);
        ifSet(writeCapacity, table::writeCapacity);
        ifSet(warmReadUnitsPerSecond, table::warmReadUnitsPerSecond);
        ifSet(warmWriteUnitsPerSecond, table::warmWriteUnitsPerSecond);
        ifSet(tableClass, table::tableClass);
        ifSet(encryptionKey, table::encryptionKey);
        ifSet(tags, table::tags);
        ifSet(ttlAttribute, table::ttlAttribute);
        ifSet(deletionProtection, table::deletionProtection);
        ifSet(stream, table::stream);
        ifSet(globalIndexes, table::globalIndexes);
        if (replaceProtected) {
            table.replaceProtected();
        }
        return table.build();
    }

    private static <T> void ifSet(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    static final class BillingModes extends Words<BillingMode> {
        BillingModes() {
            super(BillingMode.class, '-');
        }
    }

    static final class TableClasses extends Words<TableClass> {
        TableClasses() {
            super(TableClass.class, '-');
        }
    }

    static final class Protections extends Words<DeletionProtection> {
        Protections() {
            super(DeletionProtection.class, '-');
        }
    }

    static final class StreamViews extends Words<StreamView> {
        StreamViews() {
            super(StreamView.class, '-');
        }
    }
}
