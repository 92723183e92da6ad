package dev.dynamirror.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.fuzz.FuzzedBytes;
import java.util.List;
import java.util.function.Function;

/** Any text is a schema, or a type, whose own text is read as the same again, or is refused. */
public final class SchemaFuzz {

    public static final List<String> SEEDS = List.of(
            "key int, value str?, tags list<str>",
            "a bool, b float, c decimal(38, 9), d bytes, e datetime_naive, f datetime_utc, g date, h time, i duration",
            "\"a \"\"b\"\"\" json?, ä-._ pointer, o object, n ndarray<int>?, m ndarray < float >",
            "tuple<>",
            "row<x tuple<int, map<str?>?>, y row<z mixed<bool, list<int>, tuple<>>>>",
            "list<".repeat(101) + "int" + ">".repeat(101));

    private SchemaFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = FuzzedBytes.text(input);
        requireRoundTrip(Schema::parse, text);
        requireRoundTrip(LiveType::parse, text);
    }

    private static void requireRoundTrip(Function<String, ?> parser, String text) {
        Object parsed;
        try {
            parsed = parser.apply(text);
        } catch (MirrorException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(parser.apply(parsed.toString())).isEqualTo(parsed).hasToString(parsed.toString());
    }
}
