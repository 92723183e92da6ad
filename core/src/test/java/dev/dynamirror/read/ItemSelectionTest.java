package dev.dynamirror.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.read.SortCondition.Operator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What tells which items are read, and from where on: it travels between processes. */
final class ItemSelectionTest {

    @Test
    void selectionsAndPositionsAreSerializable() throws IOException, ClassNotFoundException {
        for (Object original : List.of(
                ItemSelection.segment(2, 3),
                ItemSelection.partition(KeyAttribute.string("ü")),
                ItemSelection.partition(
                        KeyAttribute.binary(new byte[] {1, -1}),
                        SortCondition.of(Operator.BETWEEN, KeyAttribute.number(1), KeyAttribute.number(2))),
                new ItemPosition("{\"p\":{\"N\":\"1\"}}"))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(original);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isEqualTo(original);
            }
        }
    }

    @Test
    void aPositionIsAKeyAsText() {
        Map<String, AttributeValue> key = Map.of(
                "p \"q\"", AttributeValue.fromS("ü\n\"\\"),
                "n", AttributeValue.fromN("-1.5"),
                "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})));
        assertThat(new ItemPosition(ItemPosition.after(key).key()).exclusiveStartKey())
                .isEqualTo(key);
        assertThat(ItemPosition.after(Map.of("b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1}))))
                        .key())
                .isEqualTo("{\"b\":{\"B\":\"AP8=\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1",
                "{",
                "{}",
                "{\"p\":1}",
                "{\"p\":{}}",
                "{\"p\":{\"N\":1}}",
                "{\"p\":{\"N\":\"1\",\"S\":\"1\"}}",
                "{\"p\":{\"BOOL\":\"1\"}}",
                "{\"p\":{\"B\":\"*\"}}",
                "{\"p\":{\"N\":\"1\"}",
                "{\"p\":{\"N\":\"1\"}} 1"
            })
    void whatIsNoKeyIsNoPosition(String text) {
        assertThatThrownBy(() -> new ItemPosition(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is no key in DynamoDB's JSON; expected one like {\"id\":{\"N\":\"7\"}}");
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 0", "1, 1", "0, 1000001"})
    void segmentsAreCountedFromZero(int index, int count) {
        assertThatThrownBy(() -> ItemSelection.segment(index, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no segment " + index + " of " + count
                        + "; they are counted from 0, and there are at most 1000000");
    }

    @Test
    void aPartitionKeyIsNeverEmpty() {
        for (KeyAttribute empty : List.of(KeyAttribute.string(""), KeyAttribute.binary(new byte[0]))) {
            assertThatThrownBy(() -> ItemSelection.partition(empty))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a partition key is never empty, so it can't be an empty value");
        }
    }

    @Test
    void conditionsThatDynamoDbWouldRefuseAreNone() {
        assertNone("EQUAL takes 1 values, not 2", Operator.EQUAL, KeyAttribute.number(1), KeyAttribute.number(2));
        assertNone("BETWEEN takes 2 values, not 1", Operator.BETWEEN, KeyAttribute.number(1));
        assertNone(
                "a sort key is never empty, so it can't be compared with an empty value",
                Operator.BEGINS_WITH,
                KeyAttribute.string(""));
        assertNone(
                "a sort key is never empty, so it can't be compared with an empty value",
                Operator.LESS,
                KeyAttribute.binary(new byte[0]));
        assertNone("a number doesn't begin with another", Operator.BEGINS_WITH, KeyAttribute.number(1));
        assertNone(
                "the lower end of the range, 10, is above the upper one, 9",
                Operator.BETWEEN,
                KeyAttribute.number(10),
                KeyAttribute.number(9));
    }

    private static void assertNone(String message, Operator operator, KeyAttribute... values) {
        assertThatThrownBy(() -> SortCondition.of(operator, values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
