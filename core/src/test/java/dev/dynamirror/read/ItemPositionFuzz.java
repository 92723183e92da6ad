package dev.dynamirror.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.fuzz.FuzzedBytes;
import java.util.List;

/** Any text is a position, whose key makes a position of the same key again, or is refused. */
public final class ItemPositionFuzz {

    public static final List<String> SEEDS = List.of(
            "{\"id\":{\"N\":\"7\"}}",
            "{ \"p\" : { \"S\" : \"\\u00e4 \\ud83d\\ude00\" } , \"s\" : { \"B\" : \"AQI=\" } }",
            "{\"id\":{\"BOOL\":true}}",
            "{\"id\":{\"S\":\"a\"},\"id\":{\"S\":\"b\"}}");

    private ItemPositionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        ItemPosition position;
        try {
            position = new ItemPosition(FuzzedBytes.text(input));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).contains("is no key in DynamoDB's JSON");
            return;
        }
        assertThat(ItemPosition.after(position.exclusiveStartKey()).exclusiveStartKey())
                .isEqualTo(position.exclusiveStartKey())
                .isNotEmpty();
    }
}
