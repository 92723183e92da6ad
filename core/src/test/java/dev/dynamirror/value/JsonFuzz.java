package dev.dynamirror.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.fuzz.FuzzedBytes;
import java.util.List;

/** Any text is JSON, whose compact text is JSON that says the same, or is refused. */
public final class JsonFuzz {

    public static final List<String> SEEDS = List.of(
            "{ \"b\" : 1 , \"a\" : [ null , { } , [ ] , true , false ] }",
            "\"\\u00e4\\/\\u007f \\ud83d\\ude00 \\b\\f\\n\\r\\t\\\"\\\\ \\u0000 ä\"",
            "-12.50e+1000",
            "\"\\ud800\"");

    private JsonFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Json json;
        try {
            json = Json.parse(FuzzedBytes.text(input));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(Json.parse(json.toString()).toString()).isEqualTo(json.toString());
    }
}
