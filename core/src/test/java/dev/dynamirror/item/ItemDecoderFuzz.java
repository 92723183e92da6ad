package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.DynamoDbJson;
import dev.dynamirror.RandomRows;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.fuzz.FuzzedBytes;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Any item is a row of its schema, which is stored and read as the same row or is a bad one, or is refused. */
public final class ItemDecoderFuzz {

    private static final List<Schema> SCHEMAS = Stream.of(
                    "id int, v bool?",
                    "id int, v int",
                    "id int, v float",
                    "id int, v decimal(38, 9)?",
                    "id int, v decimal(60, 40)",
                    "id int, v str",
                    "id int, v bytes",
                    "id int, v datetime_naive",
                    "id int, v datetime_utc",
                    "id int, v date",
                    "id int, v time",
                    "id int, v duration",
                    "id int, v json",
                    "id int, v pointer",
                    "id int, v object",
                    "id int, v ndarray<int>",
                    "id int, v ndarray<float>?",
                    "id int, v list<float?>",
                    "id int, v list<tuple<int, map<str?>?>>",
                    "id int, v tuple<object, bytes, tuple<>>",
                    "id int, v map<list<json>>, w decimal(1, 1)",
                    "id int, v row<shape ndarray<int>, elements list<datetime_utc?>>",
                    "id int, v mixed<bool, list<int>, map<duration>, str>",
                    "id int, a float?, b decimal(10, 0)?, c date?, d time?, e pointer?, f object?, g list<list<bool>?>?",
                    "id int, v " + "list<".repeat(33) + "int" + ">".repeat(33))
            .map(Schema::parse)
            .toList();

    private static final int SEEDS = 100;
    private static final int LONGEST_SEED = 500;

    private ItemDecoderFuzz() {}

    /** Choices at random, with values of every schema: the same ones each time. */
    public static List<byte[]> seeds() {
        SplittableRandom random = new SplittableRandom(20261122);
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            byte[] seed = new byte[2 + random.nextInt(LONGEST_SEED)];
            random.nextBytes(seed);
            seed[1] = (byte) (i % SCHEMAS.size());
            seeds.add(seed);
        }
        return seeds;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedBytes bytes = new FuzzedBytes(input);
        UnstorableNumbers unstorable = bytes.oneOf(List.of(UnstorableNumbers.values()));
        Map<String, @Nullable Object> row;
        ItemDecoder decoder;
        Schema schema;
        try {
            schema = schema(bytes);
            decoder = new ItemDecoder("t", List.of("id"), schema, unstorable);
            row = decoder.decode(new FuzzedItem(bytes).of(schema));
        } catch (MirrorException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(row.keySet()).containsExactlyElementsOf(schema.names());
        if (schema.columns().stream().noneMatch(column -> column.type().isMixed())) {
            requireRoundTrip(schema, unstorable, decoder, row);
        }
    }

    private static Schema schema(FuzzedBytes bytes) {
        int choice = bytes.choice(SCHEMAS.size() + 3);
        return choice < SCHEMAS.size() ? SCHEMAS.get(choice) : Schema.parse("id int, " + bytes.text());
    }

    private static void requireRoundTrip(
            Schema schema, UnstorableNumbers unstorable, ItemDecoder decoder, Map<String, @Nullable Object> row) {
        Change change;
        try {
            change = MapRowEncoder.of("t", schema, "id", null, unstorable).put(row);
        } catch (BadRowException e) {
            assertThat(e.getMessage()).startsWith("table t: ");
            return;
        }
        Map<String, @Nullable Object> again = decoder.decode(DynamoDbJson.item(change.wire()));
        assertThat(RandomRows.comparable(again)).isEqualTo(RandomRows.comparable(row));
    }
}
