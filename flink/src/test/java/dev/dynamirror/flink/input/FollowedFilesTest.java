package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has changed in files between two looks. */
class FollowedFilesTest {

    @TempDir
    Path folder;

    private long time = System.currentTimeMillis();

    @Test
    void filesComeChangeAndGo() throws Exception {
        write("a.csv", "1,apple", "2,pear");
        FollowedFiles files = followed(FileFormat.CSV);
        assertThat(files.firstLook()).map(Row::toString).containsExactly("+I[1, apple]", "+I[2, pear]");
        assertThat(lookTwice(files)).isEmpty();

        write("b.csv", "3,plum");
        assertThat(lookTwice(files)).containsExactly("+I[3, plum]");

        write("a.csv", "1,fig", "2,pear", "4,kiwi");
        assertThat(lookTwice(files)).containsExactlyInAnyOrder("+U[1, fig]", "+I[4, kiwi]");

        write("a.csv", "2,pear");
        assertThat(lookTwice(files)).containsExactlyInAnyOrder("-D[1, fig]", "-D[4, kiwi]");

        Files.delete(folder.resolve("b.csv"));
        assertThat(lookTwice(files)).containsExactly("-D[3, plum]");
    }

    @Test
    void aFileIsReadWhenItIsFoundTheSameTwice() throws Exception {
        FollowedFiles files = followed(FileFormat.CSV);
        assertThat(files.firstLook()).isEmpty();

        write("a.csv", "1,apple");
        assertThat(look(files)).isEmpty();
        write("a.csv", "1,apple", "2,pear");
        assertThat(look(files)).isEmpty();
        assertThat(look(files)).containsExactly("+I[1, apple]", "+I[2, pear]");

        Files.delete(folder.resolve("a.csv"));
        assertThat(look(files)).isEmpty();
        write("a.csv", "1,apple", "2,plum");
        assertThat(lookTwice(files)).containsExactly("+U[2, plum]");
    }

    @Test
    void ofOneKeyThereIsTheRowThatHasChangedLast() throws Exception {
        write("a.csv", "1,of a");
        write("b.csv", "1,of b");
        FollowedFiles files = followed(FileFormat.CSV);
        assertThat(files.firstLook()).map(Row::toString).containsExactly("+I[1, of b]");

        write("a.csv", "1,of a", "2,new");
        assertThat(lookTwice(files)).containsExactly("+I[2, new]");
        write("a.csv", "1,of a again");
        assertThat(lookTwice(files)).containsExactlyInAnyOrder("+U[1, of a again]", "-D[2, new]");
        Files.delete(folder.resolve("a.csv"));
        assertThat(lookTwice(files)).containsExactly("+U[1, of b]");
    }

    @Test
    void aRowThatMovesToAnotherFileNeverGoes() throws Exception {
        write("a.csv", "1,apple");
        FollowedFiles files = followed(FileFormat.CSV);
        files.firstLook();

        Files.move(folder.resolve("a.csv"), folder.resolve("b.csv"));

        assertThat(lookTwice(files)).isEmpty();
        Files.delete(folder.resolve("b.csv"));
        assertThat(lookTwice(files)).containsExactly("-D[1, apple]");
    }

    @Test
    void aFileThatCantBeReadKeepsItsRowsUntilItCan() throws Exception {
        write("a.csv", "1,apple");
        FollowedFiles files = followed(FileFormat.CSV);
        files.firstLook();

        write("a.csv", "one,apple");
        write("b.csv", "2,pear");
        assertThat(lookTwice(files)).containsExactly("+I[2, pear]");
        write("a.csv", "1,fig");
        assertThat(lookTwice(files)).containsExactly("+U[1, fig]");
    }

    @Test
    void theFirstLookFailsAtARowThatCantBeRead() throws Exception {
        write("a.csv", "one,apple");

        assertThatThrownBy(followed(FileFormat.CSV)::firstLook)
                .isInstanceOf(MirrorException.class)
                .hasMessage(folder + "/a.csv, line 2, column \"id\": expected an int, but found \"one\"");
    }

    @Test
    void allRowsStayIfTheDirectoryIsGone() throws Exception {
        write("a.csv", "1,apple");
        FollowedFiles files = followed(FileFormat.CSV);
        files.firstLook();
        Path away = folder.resolveSibling(folder.getFileName() + "-away");

        Files.move(folder, away);
        assertThat(lookTwice(files)).isEmpty();
        Files.move(away, folder);
        write("a.csv", "1,fig");
        assertThat(lookTwice(files)).containsExactly("+U[1, fig]");
    }

    @Test
    void whatAFileSaysOfItsOwnRowsIsDone() throws Exception {
        Files.writeString(folder.resolve("a.md"), """
                id | item  | __time__ | __diff__
                1  | apple | 2        | 1
                2  | pear  | 2        | 1
                1  | apple | 4        | -1
                1  | fig   | 4        | 1
                2  | pear  | 6        | -1
                """);

        assertThat(followed(FileFormat.MARKDOWN).firstLook()).map(Row::toString).containsExactly("+I[1, fig]");
    }

    private FollowedFiles followed(FileFormat format) {
        return new FollowedFiles(
                new InputFiles(List.of(folder.toString())),
                new RowReading(format, Schema.parse("id int, item str"), SchemaOrigin.GIVEN, null),
                new int[] {0});
    }

    private static List<String> lookTwice(FollowedFiles files) {
        assertThat(look(files)).isEmpty();
        return look(files);
    }

    private static List<String> look(FollowedFiles files) {
        return files.look().stream().map(Row::toString).toList();
    }

    /** Writes a file at a time of its own. */
    private void write(String name, String... rows) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "id,item\n" + String.join("\n", rows) + "\n");
        time += 10;
        Files.setLastModifiedTime(file, FileTime.fromMillis(time));
    }
}
