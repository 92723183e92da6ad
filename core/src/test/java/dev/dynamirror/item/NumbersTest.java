package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.DynamoDbJson;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that DynamoDB can't store, and exponents that would fill the memory if they were written out. */
final class NumbersTest {

    private static final String MIN = "0." + "0".repeat(323) + "49";
    private static final String MAX = "17976931348623157" + "0".repeat(292);

    @Test
    void aFloatThatDynamoDbCantStoreIsAStringIfTheUserAsksForIt() {
        assertThat(asString("float", Double.NaN)).isEqualTo("{\"S\":\"NaN\"}");
        assertThat(asString("float", Double.POSITIVE_INFINITY)).isEqualTo("{\"S\":\"Infinity\"}");
        assertThat(asString("float", Float.NEGATIVE_INFINITY)).isEqualTo("{\"S\":\"-Infinity\"}");
        assertThat(asString("float", Double.MAX_VALUE)).isEqualTo("{\"S\":\"" + MAX + "\"}");
        assertThat(asString("float", -Double.MIN_VALUE)).isEqualTo("{\"S\":\"-" + MIN + "\"}");
        assertThat(asString("float", 1e126)).isEqualTo("{\"S\":\"1" + "0".repeat(126) + "\"}");
        assertThat(asString("float", Math.nextDown(1e126)))
                .isEqualTo("{\"N\":\"9999999999999998" + "0".repeat(110) + "\"}");
        assertThat(asString("float", 1e-130)).isEqualTo("{\"N\":\"0." + "0".repeat(129) + "1\"}");
        assertThat(asString("float", Math.nextDown(1e-130))).startsWith("{\"S\":\"0." + "0".repeat(130) + "9");
        assertThat(asString("float", 1.5)).isEqualTo("{\"N\":\"1.5\"}");
        assertThat(asString("float", -0.0)).isEqualTo("{\"N\":\"-0\"}");
    }

    @Test
    void soIsADecimal() {
        String digits = "1234567890123456789012345678901234567.89";
        assertThat(asString("decimal(39, 2)", new BigDecimal(digits))).isEqualTo("{\"S\":\"" + digits + "\"}");
        assertThat(asString("decimal(39, 2)", new BigDecimal("1"))).isEqualTo("{\"N\":\"1.00\"}");
        assertThat(asString("decimal(127, 0)", new BigDecimal("1E+126")))
                .isEqualTo("{\"S\":\"1" + "0".repeat(126) + "\"}");
        assertThat(asString("decimal(20000, 20000)", new BigDecimal("1E-20000")))
                .isEqualTo("{\"S\":\"1E-20000\"}");
    }

    @Test
    void soIsOneInsideAnotherValue() {
        assertThat(asString("list<float>", List.of(1.0, Double.NaN)))
                .isEqualTo("{\"L\":[{\"N\":\"1\"},{\"S\":\"NaN\"}]}");
        assertThat(asString("ndarray<float>", NdArray.of(new long[] {1}, new double[] {Double.NaN})))
                .isEqualTo("{\"M\":{\"shape\":{\"L\":[{\"N\":\"1\"}]},\"elements\":{\"L\":[{\"S\":\"NaN\"}]}}}");
    }

    @Test
    void whatWasStoredAsAStringIsReadBack() {
        SplittableRandom random = new SplittableRandom(20261122);
        int strings = 0;
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            String attribute = asString("float", value);
            strings += attribute.startsWith("{\"S\"") ? 1 : 0;
            assertThat(read("float", attribute)).isEqualTo(value);
        }
        assertThat(strings).isBetween(5_000, 15_000);
        for (double value : new double[] {
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, -Double.MIN_VALUE, 1e126
        }) {
            assertThat(read("float", asString("float", value))).isEqualTo(value);
        }
        for (int digits = 30; digits < 200; digits++) {
            BigDecimal value = new BigDecimal(new BigInteger(3 * digits, new Random(digits)), digits / 2);
            String type = "decimal(" + 2 * digits + ", " + digits / 2 + ")";
            assertThat(read(type, asString(type, value))).isEqualTo(value);
        }
    }

    private static @Nullable Object read(String type, String attribute) {
        return new ItemDecoder("t", List.of("id"), Schema.parse("v " + type), UnstorableNumbers.AS_STRING)
                .decode(Map.of("v", DynamoDbJson.attribute(attribute)))
                .get("v");
    }

    @Test
    void aKeyIsNeverAString() {
        RowEncoder<Map<String, ?>> encoder =
                MapRowEncoder.of("t", Schema.parse("k float"), "k", null, UnstorableNumbers.AS_STRING);
        assertThatThrownBy(() -> encoder.put(Map.of("k", Double.NaN)))
                .isInstanceOf(BadRowException.class)
                .hasMessage(
                        "table t: column \"k\" of a row: NaN is no number that DynamoDB can store; filter or replace it");
        assertThatThrownBy(() -> encoder.put(Map.of("k", 1e126)))
                .isInstanceOf(BadRowException.class)
                .hasMessage(
                        "table t: column \"k\" of a row: 1E+126 is out of DynamoDB's number range (at most 9.99…E+125)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+2147483647", "-1E+100000000", "1E-2147483647", "12345E-100000000", "1E+126", "1E-131"})
    @Timeout(10)
    void hugeExponentsAreRefusedAtNoCost(String text) {
        BigDecimal value = new BigDecimal(text);
        assertThat(Numbers.isStorable(value)).isFalse();
        assertThatThrownBy(() -> Numbers.plain(value)).isInstanceOf(IllegalValueException.class);
        assertThatThrownBy(() -> KeyAttribute.number(value)).isInstanceOf(IllegalValueException.class);
        assertThatThrownBy(() -> written("decimal(38, 10)", value, UnstorableNumbers.BAD_ROW))
                .isInstanceOf(BadRowException.class)
                .hasMessage(
                        "table t: column \"v\" of row {id=1}: " + value + " doesn't fit in the type decimal(38, 10),"
                                + " which has 28 digits before and 10 behind the point");
        assertThatThrownBy(() -> asString("decimal(38, 10)", value)).isInstanceOf(BadRowException.class);
        AttributeWriter out = new AttributeWriter(UnstorableNumbers.AS_STRING);
        out.number(value);
        assertThat(out.toByteArray()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0E-100000000", "0E+2147483647", "-0E-2147483647", "0E5", "0.00"})
    @Timeout(10)
    void zeroIsZeroWithAnyExponent(String text) {
        BigDecimal value = new BigDecimal(text);
        assertThat(Numbers.isStorable(value)).isTrue();
        assertThat(KeyAttribute.number(value)).isEqualTo(KeyAttribute.number(0));
        assertThat(written("decimal(3, 2)", value, UnstorableNumbers.BAD_ROW)).isEqualTo("{\"N\":\"0.00\"}");
        assertThat(Numbers.size(text)).isEqualTo(1);
    }

    @Test
    @Timeout(10)
    void zerosAtTheEndAreNoDigits() {
        BigDecimal value = new BigDecimal("1." + "0".repeat(1000));
        assertThat(Numbers.plain(value)).isEqualTo("1");
        assertThat(KeyAttribute.number(value)).isEqualTo(KeyAttribute.number(1));
        assertThat(Numbers.plain(new BigDecimal("12E+124"))).isEqualTo("12" + "0".repeat(124));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-0, 1",
        "1, 2",
        "-1, 3",
        "12, 2",
        "10, 2",
        "100, 2",
        "110, 3",
        "1100, 2",
        "123, 3",
        "1234, 3",
        "12345, 4",
        "0.1, 2",
        "0.01, 2",
        "0.001, 2",
        "0.12, 2",
        "0.012, 3",
        "1.2, 3",
        "1.50, 3",
        "1E125, 2",
        "1E-130, 2",
        "12345678901234567890123456789012345678, 20",
        "-12345678901234567890123456789012345678, 21",
        "1.2345678901234567890123456789012345678, 21",
        "-1.2345678901234567890123456789012345678, 21"
    })
    void digitsAreCountedInPairsFromThePoint(String text, int bytes) {
        assertThat(Numbers.size(text)).isEqualTo(bytes);
    }

    private static String asString(String type, Object value) {
        return written(type, value, UnstorableNumbers.AS_STRING);
    }

    private static String written(String type, Object value, UnstorableNumbers unstorable) {
        byte[] wire = MapRowEncoder.of("t", Schema.parse("id int, v " + type), "id", null, unstorable)
                .put(Map.of("id", 1, "v", value))
                .wire();
        String text = new String(wire, StandardCharsets.UTF_8);
        String start = "{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"},\"v\":";
        assertThat(text).startsWith(start);
        return text.substring(start.length(), text.length() - 3);
    }
}
