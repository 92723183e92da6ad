package dev.dynamirror.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TableSettingsTest {

    private static void assertRefused(UnaryOperator<TableSettings.Builder> settings, String message) {
        assertThatThrownBy(() -> settings.apply(TableSettings.builder()).build())
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
    }

    @Test
    void aProvisionedTableHasACapacityAndNoOther() {
        assertRefused(
                table -> table.billingMode(BillingMode.PROVISIONED).readCapacity(1),
                "billing-mode is provisioned, which needs both read-capacity and write-capacity");
        assertRefused(
                table -> table.writeCapacity(1),
                "write-capacity is set, but the table is not provisioned; set billing-mode to provisioned, or leave it"
                        + " out");
        assertRefused(
                table -> table.billingMode(BillingMode.ON_DEMAND).readCapacity(1),
                "read-capacity is set, but the table is not provisioned; set billing-mode to provisioned, or leave it"
                        + " out");
    }

    @Test
    void numbersArePositive() {
        assertRefused(table -> table.readCapacity(0), "read-capacity is 0, and must be at least 1");
        assertRefused(table -> table.writeCapacity(-1), "write-capacity is -1, and must be at least 1");
        assertRefused(
                table -> table.warmReadUnitsPerSecond(0), "warm-read-units-per-second is 0, and must be at least 1");
        assertRefused(
                table -> table.warmWriteUnitsPerSecond(0), "warm-write-units-per-second is 0, and must be at least 1");
    }

    @Test
    void tagsAreOnesThatDynamoDbTakes() {
        assertThat(TableSettings.builder()
                        .tags("team = shop,stage=a=b, empty=")
                        .build()
                        .tags())
                .isEqualTo(Map.of("team", "shop", "stage", "a=b", "empty", ""));
        assertRefused(table -> table.tags("team"), "tags \"team\": expected key=value, but found \"team\"");
        assertRefused(table -> table.tags("a=1, a=2"), "tags \"a=1, a=2\": the key \"a\" is there twice");
        assertRefused(
                table -> table.tags("=1"),
                "tags has the key \"\"; a tag's key has 1 to 128 characters and doesn't begin with aws:");
        assertRefused(
                table -> table.tags("aws:team=1"),
                "tags has the key \"aws:team\"; a tag's key has 1 to 128 characters and doesn't begin with aws:");
        assertRefused(
                table -> table.tags(Map.of("a", "x".repeat(257))),
                "the tag \"a\" has a value of 257 characters, and DynamoDB takes at most 256");
        assertRefused(
                table -> table.tags(IntStream.range(0, 51).boxed().collect(Collectors.toMap(i -> "t" + i, i -> "x"))),
                "tags has 51 tags, and DynamoDB takes at most 50");
    }

    @Test
    void namesAreOnesThatDynamoDbTakes() {
        assertRefused(
                table -> table.encryptionKey(" "),
                "encryption-key is empty; expected the id, ARN or alias of a KMS key");
        assertRefused(table -> table.ttlAttribute(""), "ttl-attribute is a name of 0 bytes, and must have 1 to 255");
        assertRefused(
                table -> table.globalIndexes("by-day(day), by-day(at)"),
                "global-indexes has two indexes with the name by-day");
        assertRefused(
                table -> table.globalIndexes(IntStream.range(0, 21)
                        .mapToObj(i -> "index-" + i + "(a)")
                        .collect(Collectors.joining(","))),
                "global-indexes has 21 indexes, and DynamoDB takes at most 20");
    }

    @Test
    void anIndexHasKeysThatAreColumns() {
        TableSpec table = new TableSpec("orders", new TableSpec.KeyPart("id", KeyType.N), null);
        Map<String, Optional<KeyType>> columns = Map.of("flag", Optional.empty());
        TableSettings byDay =
                TableSettings.builder().globalIndexes("by-day(day)").build();
        assertThatThrownBy(() -> new Preparation(table, InitMode.REPLACE, byDay, null, columns))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table orders: the index by-day has the key \"day\", which is not a column of the live table;"
                                + " its columns are \"flag\"");
        TableSettings byFlag =
                TableSettings.builder().globalIndexes("by-flag(flag)").build();
        assertThatThrownBy(() -> new Preparation(table, InitMode.REPLACE, byFlag, null, columns))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table orders: the index by-flag has the key \"flag\", a column whose type can't be used in a"
                                + " key; the types that can are " + KeyType.liveTypes());
    }

    @Test
    void aTableHasOneTtl() {
        TableSpec table = new TableSpec("orders", new TableSpec.KeyPart("id", KeyType.N), null);
        TableSettings ttl = TableSettings.builder().ttlAttribute("gone_at").build();
        assertThatThrownBy(() -> new Preparation(table, InitMode.REPLACE, ttl, "dynamirror_expires", Map.of()))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table orders: ttl-attribute is gone_at, but the mirror's tombstones go by"
                        + " dynamirror_expires, and a table has one such attribute; leave ttl-attribute out, or set"
                        + " versioned-deletes to remove");
    }
}
