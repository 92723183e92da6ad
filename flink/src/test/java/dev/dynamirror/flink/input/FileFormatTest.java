package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileFormatTest {

    @Test
    void theEndingTellsTheFormat() {
        assertThat(FileFormat.ofFile(Path.of("a", "greetings.md"))).isEqualTo(FileFormat.MARKDOWN);
        assertThat(FileFormat.ofFile(Path.of("PEOPLE.CSV"))).isEqualTo(FileFormat.CSV);
        assertThat(FileFormat.ofFile(Path.of("x.csv.JsonL"))).isEqualTo(FileFormat.JSONL);
    }

    @Test
    void anotherEndingIsAnErrorThatListsTheFormats() {
        assertThatThrownBy(() -> FileFormat.ofFile(Path.of("data", "people.txt")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("data/people.txt: the name doesn't tell the file's format, which must be given then: one of"
                        + " markdown (.md), csv (.csv), jsonl (.jsonl), parquet (.parquet), debezium-json");
    }

    @Test
    void aCompressedParquetFileIsNone() {
        assertThat(FileFormat.ofFile(Path.of("rows.csv.gz"))).isEqualTo(FileFormat.CSV);
        assertThat(FileFormat.ofFile(Path.of("rows.PARQUET"))).isEqualTo(FileFormat.PARQUET);
        assertThat(FileFormat.isKnown("rows.parquet.gz")).isFalse();
    }

    @Test
    void parquetTakesAJarOfItsOwn() {
        ClassLoader without = ClassLoader.getPlatformClassLoader();

        FileFormat.PARQUET.requireReader(FileFormat.class.getClassLoader());
        FileFormat.CSV.requireReader(without);
        assertThatThrownBy(() -> FileFormat.PARQUET.requireReader(without))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "reading Parquet takes the jar dynamirror-parquet, which isn't on the class path; add it, on a"
                                + " cluster to Flink's lib folder");
    }
}
