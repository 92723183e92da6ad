package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files an input is made of. */
class InputFilesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of(
                "b.csv",
                "a.CSV",
                "c.csv.gz",
                "notes.txt",
                "_hidden.csv",
                ".hidden.csv",
                "2025/01/x.csv",
                "2025/02/y.csv",
                "2025/.git/z.csv",
                "2025/z.jsonl")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    @Test
    void aDirectoryHasTheFilesOfTheFormatThatAreNotHidden() {
        assertThat(names(FileFormat.CSV, folder.toString()))
                .containsExactly("2025/01/x.csv", "2025/02/y.csv", "a.CSV", "b.csv", "c.csv.gz");
        assertThat(names(FileFormat.JSONL, folder + "/")).containsExactly("2025/z.jsonl");
        assertThat(names(FileFormat.DEBEZIUM_JSON, folder + "/2025"))
                .containsExactly("2025/01/x.csv", "2025/02/y.csv", "2025/z.jsonl");
    }

    @Test
    void aFileIsTakenWhateverItsName() {
        assertThat(names(FileFormat.CSV, folder + "/_hidden.csv", folder + "/notes.txt"))
                .containsExactly("_hidden.csv", "notes.txt");
    }

    @Test
    void aPatternHasTheFilesThatMatch() {
        assertThat(names(FileFormat.CSV, folder + "/*.csv")).containsExactly("b.csv");
        assertThat(names(FileFormat.CSV, folder + "/{b,c}.*")).containsExactly("b.csv", "c.csv.gz");
        assertThat(names(FileFormat.CSV, folder + "/2025/0?/*")).containsExactly("2025/01/x.csv", "2025/02/y.csv");
        assertThat(names(FileFormat.CSV, folder + "/2025/**"))
                .containsExactly("2025/01/x.csv", "2025/02/y.csv", "2025/z.jsonl");
        assertThat(names(FileFormat.CSV, folder + "/no/*.csv")).isEmpty();
        assertThat(names(FileFormat.CSV, folder + "/*.tsv")).isEmpty();
    }

    @Test
    void aFileWithAWildcardInItsNameIsThatFile() throws IOException {
        Files.createFile(folder.resolve("b[1]*.csv"));

        assertThat(names(FileFormat.CSV, folder + "/b[1]*.csv")).containsExactly("b[1]*.csv");
    }

    @Test
    void severalInputsAreReadInTheirOrderAndEachFileOnce() {
        assertThat(names(FileFormat.CSV, folder + "/b.csv", folder + "/*.csv", folder + "/2025/02"))
                .containsExactly("b.csv", "2025/02/y.csv");
    }

    @Test
    void inputsMayBeUris() {
        assertThat(new InputFiles(List.of(folder.toUri() + "2025/02", folder.toUri() + "*.csv")).list(FileFormat.CSV))
                .extracting(InputFile::name)
                .containsExactly(folder.toUri() + "2025/02/y.csv", folder.toUri() + "b.csv");
        assertThatThrownBy(() -> new InputFiles(List.of("nowhere://bucket/x.csv")).list(FileFormat.CSV))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("nowhere://bucket/x.csv: it can't be listed: Could not find a file system"
                        + " implementation for scheme 'nowhere'");
    }

    @Test
    void whatIsNotThereIsAnError() {
        assertThatThrownBy(() -> names(FileFormat.CSV, folder + "/no.csv"))
                .isInstanceOf(MirrorException.class)
                .hasMessage(folder + "/no.csv: there is no such file");
    }

    @Test
    void theNamesTellTheFormat() {
        assertThat(FileFormat.ofInputs(List.of(folder + "/a.CSV"))).isEqualTo(FileFormat.CSV);
        assertThat(FileFormat.ofInputs(List.of(folder + "/c.csv.gz"))).isEqualTo(FileFormat.CSV);
        assertThat(FileFormat.ofInputs(List.of(folder + "/*.csv", folder + "/2025/01")))
                .isEqualTo(FileFormat.CSV);
        assertThatThrownBy(() -> FileFormat.ofInputs(List.of(folder + "/2025")))
                .isInstanceOf(MirrorException.class)
                .hasMessage(folder + "/2025: there are files of several formats, as " + folder + "/2025/01/x.csv, "
                        + folder + "/2025/z.jsonl; say which one is meant, one of csv, jsonl");
        assertThatThrownBy(() -> FileFormat.ofInputs(List.of(folder + "/2025/.git/none*")))
                .isInstanceOf(MirrorException.class)
                .hasMessage(folder + "/2025/.git/none*: there is no file whose name tells its format; the formats are"
                        + " markdown (.md), csv (.csv), jsonl (.jsonl), parquet (.parquet), debezium-json");
    }

    /** The names without the folder that differs from run to run. */
    private List<String> names(FileFormat format, String... inputs) {
        return new InputFiles(Arrays.asList(inputs))
                .list(format).stream()
                        .map(file -> file.name().replace(folder + "/", ""))
                        .toList();
    }
}
