package dev.dynamirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.item.AttributeJson;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.table.TableSpec;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DifferenceTest {

    private static final TableSpec TABLE = new TableSpec("orders", new TableSpec.KeyPart("id", KeyType.N), null);
    private static final TableSpec WITH_SORT_KEY =
            new TableSpec("orders", new TableSpec.KeyPart("id", KeyType.N), new TableSpec.KeyPart("at", KeyType.S));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'N':'1'} | {'N':'1.0'}",
                "{'N':'100'} | {'N':'1E+2'}",
                "{'N':'0'} | {'N':'-0'}",
                "{'N':'0.5'} | {'N':'0.50'}",
                "{'SS':['a','b']} | {'SS':['b','a']}",
                "{'NS':['1','2.0']} | {'NS':['2','1.0']}",
                "{'BS':['AQ==','Ag==']} | {'BS':['Ag==','AQ==']}",
                "{'M':{'a':{'N':'1'},'b':{'S':'x'}}} | {'M':{'b':{'S':'x'},'a':{'N':'1.0'}}}",
                "{'L':[{'N':'1'},{'SS':['a','b']}]} | {'L':[{'N':'1.0'},{'SS':['b','a']}]}",
                "{'NULL':true} | {'NULL':true}",
                "{'B':'AQ=='} | {'B':'AQ=='}"
            })
    void whatDynamoDbTakesForEqualIsEqual(String one, String other) {
        assertThat(difference("{'id':{'N':'7'},'v':" + one + "}", "{'v':" + other + ",'id':{'N':'7.0'}}"))
                .isNull();
        assertThat(Checksum.of(content("{'id':{'N':'7'},'v':" + one + "}")))
                .isEqualTo(Checksum.of(content("{'v':" + other + ",'id':{'N':'7.0'}}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'N':'1'} | {'S':'1'}",
                "{'N':'1'} | {'N':'1.00000000000000000000000000000000000001'}",
                "{'S':'a'} | {'S':'A'}",
                "{'S':'AQ=='} | {'B':'AQ=='}",
                "{'L':[{'N':'1'},{'N':'2'}]} | {'L':[{'N':'2'},{'N':'1'}]}",
                "{'SS':['a']} | {'L':[{'S':'a'}]}",
                "{'M':{}} | {'L':[]}",
                "{'M':{'a':{'NULL':true}}} | {'M':{}}",
                "{'BOOL':true} | {'BOOL':false}",
                "{'NULL':true} | {'S':''}"
            })
    void whatDynamoDbTellsApartIsDifferent(String one, String other) {
        String expected = "{'id':{'N':'7'},'v':" + one + "}";
        String found = "{'id':{'N':'7'},'v':" + other + "}";
        assertThat(difference(expected, found)).isInstanceOf(Difference.Different.class);
        assertThat(Checksum.of(content(expected))).isNotEqualTo(Checksum.of(content(found)));
    }

    @Test
    void aDifferenceNamesTheKeyAndWhatDiffers() {
        Difference difference = difference(
                "{'id':{'N':'7'},'a':{'N':'1'},'b':{'S':'same'},'d':{'NULL':true}}",
                "{'id':{'N':'7'},'a':{'S':'1'},'b':{'S':'same'},'c':{'BOOL':true}}");
        assertThat(difference)
                .hasToString("different {id=7}: \"a\": expected {\"N\":\"1\"}, found {\"S\":\"1\"};"
                        + " \"c\": expected no such attribute, found {\"BOOL\":true};"
                        + " \"d\": expected {\"NULL\":true}, found no such attribute");
        assertThat(json(difference))
                .isEqualTo("{'difference':'different','key':{'id':{'N':'7'}},'attributes':{"
                        + "'a':{'expected':{'N':'1'},'found':{'S':'1'}},"
                        + "'c':{'found':{'BOOL':true}},"
                        + "'d':{'expected':{'NULL':true}}}}");
    }

    @Test
    void aMissingItemIsToldWhole() {
        Difference difference =
                Difference.of(WITH_SORT_KEY, content("{'v':{'N':'1'},'id':{'N':'7'},'at':{'S':'x'}}"), null);
        assertThat(difference).hasToString("missing {id=7, at=\"x\"}");
        assertThat(json(difference))
                .isEqualTo("{'difference':'missing','key':{'id':{'N':'7'},'at':{'S':'x'}},"
                        + "'expected':{'id':{'N':'7'},'at':{'S':'x'},'v':{'N':'1'}}}");
    }

    @Test
    void anUnexpectedItemIsToldWhole() {
        Difference difference = difference(null, "{'v':{'N':'1'},'id':{'N':'7'}}");
        assertThat(difference).hasToString("unexpected {id=7}");
        assertThat(json(difference))
                .isEqualTo("{'difference':'unexpected','key':{'id':{'N':'7'}},"
                        + "'found':{'id':{'N':'7'},'v':{'N':'1'}}}");
    }

    @Test
    void ignoredAttributesAndThoseOfVersionsAreNotCompared() {
        ComparedAttributes compared = ComparedAttributes.all().without(Set.of("seen"));
        Content expected = content("{'id':{'N':'7'},'v':{'N':'1'}}", compared);
        Content found =
                content("{'id':{'N':'7'},'v':{'N':'1'},'seen':{'N':'9'},'dynamirror_version':{'N':'5'}}", compared);
        assertThat(Difference.of(TABLE, expected, found)).isNull();
    }

    @Test
    void onlyColumnsAreComparedIfOthersAreNotTheMirrors() {
        ComparedAttributes compared = ComparedAttributes.of(Set.of("id", "v"));
        Content expected = content("{'id':{'N':'7'},'v':{'N':'1'}}", compared);
        Content found = content("{'id':{'N':'7'},'v':{'N':'1'},'foreign':{'N':'9'}}", compared);
        assertThat(Difference.of(TABLE, expected, found)).isNull();
    }

    @Test
    void whatIsLeftOfAnItemWhoseColumnsWereRemovedIsNone() {
        ItemComparison comparison =
                new ItemComparison(TABLE, ComparedAttributes.of(Set.of("id", "v")), ItemComparison.EmptyItems.REMAINS);
        assertThat(comparison.found(AttributeJson.attributes(bytes("{'id':{'N':'7'},'foreign':{'N':'9'}}"))))
                .isNull();
        assertThat(comparison.found(AttributeJson.attributes(bytes("{'id':{'N':'7'},'v':{'NULL':true}}"))))
                .isNotNull();
    }

    @Test
    void totalsAddUp() {
        Content small = content("{'id':{'N':'1'},'v':{'S':'x'}}");
        Content large = content("{'id':{'N':'2'},'v':{'S':'" + "x".repeat(2_000) + "'}}");
        Content largeAsWell = content("{'id':{'N':'2'},'v':{'S':'" + "y".repeat(3_000) + "'}}");
        DifferenceTotals totals = DifferenceTotals.of(small, small)
                .plus(DifferenceTotals.of(large, null))
                .plus(DifferenceTotals.of(null, large))
                .plus(DifferenceTotals.of(large, largeAsWell));
        Checksum of = Checksum.of(large);
        assertThat(totals)
                .isEqualTo(new DifferenceTotals(
                        1,
                        1,
                        1,
                        1,
                        2 + 3,
                        2,
                        Checksum.of(small).plus(of).plus(of),
                        Checksum.of(largeAsWell).plus(Checksum.of(small)).plus(of)));
        assertThat(totals.items()).isEqualTo(3);
        assertThat(totals.rows()).isEqualTo(3);
        assertThat(totals.writeUnits()).isEqualTo(7);
        assertThat(totals.areEqual()).isFalse();
        assertThat(DifferenceTotals.of(small, small).areEqual()).isTrue();
    }

    @Test
    void checksumsCarry() {
        assertThat(new Checksum(1, -1).plus(new Checksum(0, 1))).isEqualTo(new Checksum(2, 0));
        assertThat(new Checksum(0, 255)).hasToString("000000000000000000000000000000ff");
    }

    private static @Nullable Difference difference(@Nullable String expected, @Nullable String found) {
        return Difference.of(TABLE, expected == null ? null : content(expected), found == null ? null : content(found));
    }

    private static Content content(String json) {
        return content(json, ComparedAttributes.all());
    }

    private static Content content(String json, ComparedAttributes compared) {
        return Content.of(AttributeJson.attributes(bytes(json)), compared);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String json(@Nullable Difference difference) {
        return difference == null ? "none" : difference.json().replace('"', '\'');
    }
}
