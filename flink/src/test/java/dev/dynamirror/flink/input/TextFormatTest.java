package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TextFormatTest {

    @Test
    void theEndingTellsTheFormat() {
        assertThat(TextFormat.ofFile(Path.of("a", "greetings.md"))).isEqualTo(TextFormat.MARKDOWN);
        assertThat(TextFormat.ofFile(Path.of("PEOPLE.CSV"))).isEqualTo(TextFormat.CSV);
        assertThat(TextFormat.ofFile(Path.of("x.csv.JsonL"))).isEqualTo(TextFormat.JSONL);
    }

    @Test
    void anotherEndingIsAnErrorThatListsTheFormats() {
        assertThatThrownBy(() -> TextFormat.ofFile(Path.of("data", "people.txt")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("data/people.txt: the name doesn't tell the file's format, which must be given then: one of"
                        + " markdown (.md), csv (.csv), jsonl (.jsonl), debezium-json");
    }
}
