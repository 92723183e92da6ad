package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.reconcile.ComparedAttributes;
import dev.dynamirror.reconcile.ItemComparison;
import dev.dynamirror.reconcile.MaxDeletes;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.StreamView;
import dev.dynamirror.table.TableSettings;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MirrorSettingsTest {

    private static final String KEY_TYPES =
            "int, float, str, bytes, datetime_naive, datetime_utc, date, time, duration, json, pointer, object, decimal";

    private static final Schema SCHEMA = Schema.parse("id int, at datetime_utc, flag bool, note str?");

    @Test
    void whatIsNotSetHasADefault() {
        assertThat(DynamoDb.table("test").partitionKey("id").build())
                .isEqualTo(new MirrorSettings(
                        "test",
                        "id",
                        null,
                        InitMode.DEFAULT,
                        "test",
                        new ConnectionSettings(null, null),
                        new RowSettings(null, OnBadRow.FAIL, null, UnstorableNumbers.BAD_ROW),
                        new WriteSettings(
                                null,
                                Duration.ofMinutes(15),
                                WriteMode.PUT,
                                null,
                                new OrderSettings(Ordering.IN_ORDER, null, null, null),
                                Transport.DIRECT),
                        TableSettings.NONE,
                        ReconcileSettings.NONE));
    }

    @Test
    void everythingCanBeSet() {
        TableSettings table = TableSettings.builder().replaceProtected().stream(StreamView.NEW_IMAGE)
                .build();
        assertThat(DynamoDb.table("test")
                        .partitionKey("id")
                        .sortKey("at")
                        .initMode(InitMode.REPLACE)
                        .name("greetings")
                        .endpoint(URI.create("http://127.0.0.1:8000"))
                        .region("eu-central-1")
                        .schema("id pointer")
                        .onBadRow(OnBadRow.SET_ASIDE)
                        .badRows("file:///bad")
                        .unstorableNumbers(UnstorableNumbers.AS_STRING)
                        .maxWriteUnitsPerSecond(12.5)
                        .giveUpAfter(Duration.ofHours(1))
                        .writeMode(WriteMode.MERGE)
                        .mergeDeletes(MergeDeletes.ATTRIBUTES)
                        .ordering(Ordering.VERSIONED)
                        .versionColumn("changed")
                        .versionedDeletes(VersionedDeletes.TOMBSTONE)
                        .tombstoneRetention(Duration.ofDays(2))
                        .transport(Transport.SDK)
                        .tableSettings(table)
                        .build())
                .isEqualTo(new MirrorSettings(
                        "test",
                        "id",
                        "at",
                        InitMode.REPLACE,
                        "greetings",
                        new ConnectionSettings(URI.create("http://127.0.0.1:8000"), "eu-central-1"),
                        new RowSettings(
                                Schema.parse("id pointer"),
                                OnBadRow.SET_ASIDE,
                                "file:///bad",
                                UnstorableNumbers.AS_STRING),
                        new WriteSettings(
                                12.5,
                                Duration.ofHours(1),
                                WriteMode.MERGE,
                                MergeDeletes.ATTRIBUTES,
                                new OrderSettings(
                                        Ordering.VERSIONED, "changed", VersionedDeletes.TOMBSTONE, Duration.ofDays(2)),
                                Transport.SDK),
                        table,
                        ReconcileSettings.NONE));
    }

    @Test
    void howTablesAreComparedCanBeSet() {
        MirrorSettings settings = DynamoDb.table("test")
                .partitionKey("id")
                .initMode(InitMode.RECONCILE)
                .ignoreAttributes("seen", "by")
                .maxDeletes(MaxDeletes.parse("10%"))
                .maxReadUnitsPerSecond(12.5)
                .build();
        assertThat(settings.reconcile())
                .isEqualTo(new ReconcileSettings(List.of("seen", "by"), MaxDeletes.parse("10%"), 12.5));
    }

    @Test
    void howTablesAreComparedIsSaidOnlyIfTheyAre() {
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .maxDeletes(MaxDeletes.parse("5"))
                        .build(),
                "max-deletes is set, but the table is not compared with the live table; set init-mode to reconcile, or"
                        + " leave it out");
        assertThat(DynamoDb.table("test")
                        .partitionKey("id")
                        .maxDeletes(MaxDeletes.parse("5"))
                        .buildForVerifying()
                        .initMode())
                .isEqualTo(InitMode.RECONCILE);
    }

    @Test
    void whatIsComparedMustBeComparable() {
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .initMode(InitMode.RECONCILE)
                        .ignoreAttributes("id")
                        .build(),
                "ignore-attributes names \"id\", which is a part of the key, by which rows and items are compared; leave it"
                        + " out");
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .initMode(InitMode.RECONCILE)
                        .ignoreAttributes("")
                        .build(),
                "ignore-attributes names an attribute that is empty");
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .initMode(InitMode.RECONCILE)
                        .maxReadUnitsPerSecond(0)
                        .build(),
                "max-read-units-per-second is 0.0, and must be a positive number; leave it out for as many as DynamoDB gives");
    }

    @Test
    void aMirrorThatMergesComparesItsColumnsOnly() {
        Schema schema = Schema.parse("id int, note str?");
        assertThat(DynamoDb.table("test")
                        .partitionKey("id")
                        .writeMode(WriteMode.MERGE)
                        .buildForVerifying()
                        .comparison(schema))
                .isEqualTo(new ItemComparison(
                        new TableSpec("test", new TableSpec.KeyPart("id", KeyType.N), null),
                        new ComparedAttributes(Set.of("id", "note"), Set.of()),
                        ItemComparison.EmptyItems.ITEMS));
        assertThat(DynamoDb.table("test")
                        .partitionKey("id")
                        .writeMode(WriteMode.MERGE)
                        .mergeDeletes(MergeDeletes.ATTRIBUTES)
                        .buildForVerifying()
                        .comparison(schema)
                        .emptyItems())
                .isEqualTo(ItemComparison.EmptyItems.REMAINS);
    }

    @Test
    void whatACreatedTableIsLikeIsSaidOnlyIfOneIsCreated() {
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .tableSettings(TableSettings.builder().tags("a=1").build())
                        .build(),
                "tags is set, but the init mode default creates no table; set init-mode to create_if_not_exists or"
                        + " replace, or leave it out");
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .initMode(InitMode.CREATE_IF_NOT_EXISTS)
                        .tableSettings(
                                TableSettings.builder().replaceProtected().build())
                        .build(),
                "replace-protected is set, but the table is not replaced; set init-mode to replace, or leave it out");
    }

    @Test
    void theTtlIsAColumnOfSeconds() {
        assertRefused(
                () -> withTtl("at").build().tableSpec(SCHEMA),
                "mirror test: the ttl-attribute \"at\" has the type datetime_utc; DynamoDB's TTL takes a number of"
                        + " seconds since 1970, of the type int, float or decimal");
        assertRefused(
                () -> withTtl("gone_at").build().tableSpec(SCHEMA),
                "mirror test: the ttl-attribute \"gone_at\" is not a column of the live table, and so in none of its"
                        + " items; DynamoDB's TTL takes a number of seconds since 1970, of the type int, float or"
                        + " decimal");
        assertThat(withTtl("id").build().preparation(SCHEMA).settings().ttlAttribute())
                .isEqualTo("id");
        assertThat(withTtl("gone_at")
                        .writeMode(WriteMode.MERGE)
                        .build()
                        .tableSpec(SCHEMA)
                        .name())
                .isEqualTo("test");
    }

    private static MirrorSettings.Builder withTtl(String attribute) {
        return DynamoDb.table("test")
                .partitionKey("id")
                .initMode(InitMode.REPLACE)
                .tableSettings(TableSettings.builder().ttlAttribute(attribute).build());
    }

    /** The column may be optional, as most are in SQL; DynamoDB refuses the rows that have no value there. */
    @Test
    void indexesAreCheckedAgainstTheSchema() {
        assertThat(withIndex("by-note(note, at)").preparation(SCHEMA).columns())
                .containsEntry("note", Optional.of(KeyType.S))
                .containsEntry("flag", Optional.empty());
        assertRefused(
                () -> withIndex("by-flag(flag)").tableSpec(SCHEMA),
                "table test: the index by-flag has the key \"flag\", a column whose type can't be used in a key; the"
                        + " types that can are " + KEY_TYPES);
    }

    private static MirrorSettings withIndex(String index) {
        return DynamoDb.table("test")
                .partitionKey("id")
                .initMode(InitMode.CREATE_IF_NOT_EXISTS)
                .tableSettings(TableSettings.builder().globalIndexes(index).build())
                .build();
    }

    @Test
    void theTablesKeyComesFromTheSchema() {
        assertThat(DynamoDb.table("test")
                        .partitionKey("id")
                        .sortKey("at")
                        .build()
                        .tableSpec(SCHEMA))
                .isEqualTo(new TableSpec(
                        "test", new TableSpec.KeyPart("id", KeyType.N), new TableSpec.KeyPart("at", KeyType.S)));
    }

    @Test
    void aKeyIsAColumn() {
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("key")
                        .name("m")
                        .build()
                        .tableSpec(SCHEMA),
                "mirror m: the partition key \"key\" is not a column of the live table; its columns are \"id\", \"at\","
                        + " \"flag\", \"note\"");
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .sortKey("AT")
                        .build()
                        .tableSpec(SCHEMA),
                "mirror test: the sort key \"AT\" is not a column of the live table; its columns are \"id\", \"at\","
                        + " \"flag\", \"note\"");
    }

    @Test
    void aKeyHasATypeThatCanBeAKey() {
        assertRefused(
                () -> DynamoDb.table("test").partitionKey("flag").build().tableSpec(SCHEMA),
                "mirror test: the partition key \"flag\" has the type bool, and the type bool can't be used in a key; the"
                        + " types that can are " + KEY_TYPES + ", none of them optional");
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .sortKey("note")
                        .build()
                        .tableSpec(SCHEMA),
                "mirror test: the sort key \"note\" has the type str?, and the type str? can't be used in a key; the"
                        + " types that can are " + KEY_TYPES + ", none of them optional");
    }

    @Test
    void aMirrorHasAPartitionKey() {
        assertRefused(
                () -> DynamoDb.table("test").sortKey("at").build(),
                "the mirror of table test has no partition key; name its column");
    }

    @Test
    void theKeysAreTwoColumns() {
        assertRefused(
                () -> DynamoDb.table("test").partitionKey("id").sortKey("id").build(),
                "the mirror of table test has the column \"id\" as partition key and as sort key; they must be two"
                        + " columns");
    }

    @Test
    void whatIsNamedHasAName() {
        assertRefused(() -> DynamoDb.table("test").partitionKey(""), "the partition key is empty");
        assertRefused(() -> DynamoDb.table("test").sortKey(""), "the sort key is empty");
        assertRefused(() -> DynamoDb.table("test").name(""), "the name is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "a b", "tä", "a/b", "a\"b"})
    void aTableNameIsOneThatDynamoDbTakes(String name) {
        assertRefused(
                () -> DynamoDb.table(name),
                "\"" + name
                        + "\" is no name of a DynamoDB table; expected 3 to 255 of the characters a-z, A-Z, 0-9, _, -"
                        + " and .");
    }

    @Test
    void aTableNameIsNotTooLong() {
        DynamoDb.table("a".repeat(255));
        assertThatThrownBy(() -> DynamoDb.table("a".repeat(256))).isInstanceOf(MirrorException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "A_b-c.9", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"})
    void namesAndArnsAreTableNames(String name) {
        assertThat(DynamoDb.table(name).partitionKey("id").build().tableName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "127.0.0.1", "ftp://127.0.0.1", "http:///x", "/x"})
    void anEndpointIsAnHttpAddress(String endpoint) {
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .endpoint(URI.create(endpoint))
                        .build(),
                "the endpoint \"" + endpoint + "\" is no address like https://host or http://127.0.0.1:8000");
    }

    @Test
    void aRegionHasAName() {
        assertRefused(
                () -> DynamoDb.table("test").partitionKey("id").region(" ").build(),
                "the region is empty; expected one like eu-central-1");
    }

    @Test
    void aBudgetIsPositiveAndSharedByTheWriters() {
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(
                    () -> mirror().maxWriteUnitsPerSecond(wrong).build(),
                    "max-write-units-per-second is " + wrong
                            + ", and must be a positive number; leave it out for no budget");
        }
        WriteSettings write = mirror().maxWriteUnitsPerSecond(10).build().write();
        assertThat(write.unitsPerSecondOfOne(1)).isEqualTo(10);
        assertThat(write.unitsPerSecondOfOne(4)).isEqualTo(2.5);
        assertThat(mirror().build().write().unitsPerSecondOfOne(4)).isNull();
        assertThatThrownBy(() -> write.unitsPerSecondOfOne(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void durationsArePositive() {
        assertRefused(
                () -> mirror().giveUpAfter(Duration.ZERO).build(),
                "give-up-after is PT0S, and must be a positive duration of at most 36500 days");
        assertRefused(
                () -> mirror().ordering(Ordering.VERSIONED)
                        .tombstoneRetention(Duration.ofSeconds(-1))
                        .build(),
                "tombstone-retention is PT-1S, and must be a positive duration of at most 36500 days");
    }

    @Test
    void durationsAreNoLongerThanAClockCounts() {
        mirror().giveUpAfter(Duration.ofDays(36_500)).build();
        assertRefused(
                () -> mirror().giveUpAfter(Duration.ofSeconds(Long.MAX_VALUE)).build(),
                "give-up-after is PT2562047788015215H30M7S, and must be a positive duration of at most 36500 days");
    }

    @Test
    void nothingIsSaidOfWhatThereIsNot() {
        assertRefused(
                () -> mirror().mergeDeletes(MergeDeletes.ITEM).build(),
                "merge-deletes is set, but rows are not merged; set write-mode to merge, or leave it out");
        assertRefused(
                () -> mirror().versionColumn("at").build(),
                "version-column is set, but the mirror is not versioned; set ordering to versioned, or leave it out");
        assertRefused(
                () -> mirror().versionedDeletes(VersionedDeletes.REMOVE).build(),
                "versioned-deletes is set, but the mirror is not versioned; set ordering to versioned, or leave it out");
        assertRefused(
                () -> mirror().tombstoneRetention(Duration.ofDays(1)).build(),
                "tombstone-retention is set, but the mirror is not versioned; set ordering to versioned, or leave it"
                        + " out");
        assertRefused(() -> versioned("").build(), "the name of the version column is empty");
        assertRefused(
                () -> mirror().ordering(Ordering.VERSIONED)
                        .versionedDeletes(VersionedDeletes.REMOVE)
                        .tombstoneRetention(Duration.ofDays(1))
                        .build(),
                "tombstone-retention is set, but versioned-deletes is remove, which leaves no tombstones; leave out one"
                        + " of them");
    }

    @Test
    void theVersionIsAColumn() {
        assertRefused(
                () -> versioned("version").build().tableSpec(SCHEMA),
                "mirror test: the version column \"version\" is not a column of the live table; its columns are \"id\","
                        + " \"at\", \"flag\", \"note\"");
        for (String key : List.of("id", "at")) {
            assertRefused(
                    () -> versioned(key).sortKey("at").build().tableSpec(SCHEMA),
                    "mirror test: the version column \"" + key
                            + "\" is a part of the key, which is the same in all versions of a row; name another column");
        }
        versioned("at").build().tableSpec(SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int",
                "float",
                "decimal(20, 3)",
                "duration",
                "str",
                "datetime_naive",
                "datetime_utc",
                "date",
                "time"
            })
    void aVersionHasAnOrderThatDynamoDbKnows(String type) {
        versioned("v").build().tableSpec(Schema.parse("id int, v " + type));
        assertNoVersion(type + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bool", "bytes", "json", "pointer", "object", "list<int>", "tuple<int>", "row<a int>"})
    void otherTypesAreNoVersions(String type) {
        assertNoVersion(type);
    }

    private static void assertNoVersion(String type) {
        assertRefused(
                () -> versioned("v").build().tableSpec(Schema.parse("id int, v " + type)),
                "mirror test: the version column \"v\" has the type "
                        + Schema.parse("v " + type).columns().get(0).type()
                        + "; the types that can be versions are int, float, decimal, duration, str, datetime_naive,"
                        + " datetime_utc, date, time, none of them optional (in SQL, NOT NULL)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamirror_version", "dynamirror_deleted", "dynamirror_expires"})
    void aVersionedMirrorHasAttributesOfItsOwn(String name) {
        Schema schema = Schema.parse("id int, " + name + " int");
        assertRefused(
                () -> mirror().ordering(Ordering.VERSIONED).build().tableSpec(schema),
                "mirror test: the live table has a column \"" + name
                        + "\", which is the name of an attribute that a versioned mirror has for itself; give the column"
                        + " another name");
        mirror().build().tableSpec(schema);
    }

    @Test
    void onlySoManyColumnsCanBeMerged() {
        mirror().writeMode(WriteMode.MERGE).build().tableSpec(wide(429));
        mirror().build().tableSpec(wide(430));
        assertRefused(
                () -> mirror().writeMode(WriteMode.MERGE).build().tableSpec(wide(430)),
                "mirror test: the live table has 430 columns beside its key, and a request of DynamoDB's can merge at most"
                        + " 429 into an item, as its expression takes 4096 bytes; leave out columns, or write whole items"
                        + " with the write mode put");
    }

    private static Schema wide(int columns) {
        return new Schema(Stream.concat(
                        Stream.of(new Column("id", ScalarType.INT)),
                        IntStream.range(0, columns).mapToObj(i -> new Column("c" + i, ScalarType.INT)))
                .toList());
    }

    @Test
    void onlyWholeTombstonesExpire() {
        assertThat(mirror().build().write().expiryAttribute()).isNull();
        MirrorSettings.Builder versioned = mirror().ordering(Ordering.VERSIONED);
        assertThat(versioned.build().write().expiryAttribute()).isEqualTo("dynamirror_expires");
        versioned.writeMode(WriteMode.MERGE);
        assertThat(versioned.build().write().expiryAttribute()).isEqualTo("dynamirror_expires");
        versioned.mergeDeletes(MergeDeletes.ATTRIBUTES);
        assertThat(versioned.build().write().expiryAttribute()).isNull();
        versioned.mergeDeletes(MergeDeletes.ITEM).versionedDeletes(VersionedDeletes.REMOVE);
        assertThat(versioned.build().write().expiryAttribute()).isNull();
    }

    private static MirrorSettings.Builder mirror() {
        return DynamoDb.table("test").partitionKey("id");
    }

    private static MirrorSettings.Builder versioned(String column) {
        return mirror().ordering(Ordering.VERSIONED).versionColumn(column);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(MirrorException.class).hasMessage(message);
    }
}
