package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {

    private static final String WRITE = "write greetings.md --table test --partition-key key";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Missing required subcommand (see dynamirror --help)",
                "wirte | Unmatched argument at index 0: 'wirte'; is it write? (see dynamirror --help)",
                "scan | Missing required parameter: 'NAME' (see dynamirror scan --help)",
                "scan test --foramt table | Unknown options: '--foramt', 'table'; is it --format?"
                        + " (see dynamirror scan --help)",
                "scan test --format xml | Invalid value for option '--format': expected table, jsonl, dynamodb-json,"
                        + " but was 'xml' (see dynamirror scan --help)",
                "scan test --show-schema --format jsonl | --show-schema prints no items; leave out --format"
                        + " (see dynamirror scan --help)",
                "write greetings.md --partition-key key | Missing required option: '--table=NAME'"
                        + " (see dynamirror write --help)",
                "write greetings.md --table test | Missing required option: '--partition-key=COLUMN'"
                        + " (see dynamirror write --help)",
                "write --table test --partition-key key | Missing required parameter: 'INPUT'"
                        + " (see dynamirror write --help)",
                WRITE + " --init-mode truncate | Invalid value for option '--init-mode': expected default,"
                        + " create_if_not_exists, replace, reconcile, but was 'truncate' (see dynamirror write --help)",
                WRITE
                        + " --format xml | Invalid value for option '--format': expected markdown, csv, jsonl, parquet, debezium-json,"
                        + " but was 'xml' (see dynamirror write --help)",
                WRITE + " --schema key | Invalid value for option '--schema': schema \"key\": expected the type of"
                        + " column \"key\", one of bool, int, float, str, bytes, datetime_naive, datetime_utc, date, time,"
                        + " duration, json, pointer, object, decimal(p, s), ndarray<int>, ndarray<float>, list<T>,"
                        + " tuple<T, ...>, map<T>, row<name T, ...>, but found its end (see dynamirror write --help)",
                WRITE + " --sort-key key | the mirror of table test has the column \"key\" as partition key and as"
                        + " sort key; they must be two columns (see dynamirror write --help)",
                WRITE
                        + " --on-bad-row drop | Invalid value for option '--on-bad-row': expected fail, set-aside, but was"
                        + " 'drop' (see dynamirror write --help)",
                WRITE + " --on-bad-row set-aside | bad rows are to be set aside, but no folder for them is given"
                        + " (see dynamirror write --help)",
                WRITE + " --bad-rows bad | there is a folder for bad rows, bad, but they are not to be set aside"
                        + " (see dynamirror write --help)",
                WRITE + " --on-bad-row set-aside --bad-rows= | the path of the bad rows is empty"
                        + " (see dynamirror write --help)",
                WRITE
                        + " --unstorable-numbers null | Invalid value for option '--unstorable-numbers': expected bad-row,"
                        + " as-string, but was 'null' (see dynamirror write --help)",
                WRITE + " --max-write-units-per-second few | Invalid value for option '--max-write-units-per-second':"
                        + " 'few' is not a double (see dynamirror write --help)",
                WRITE + " --max-write-units-per-second 0 | max-write-units-per-second is 0.0, and must be a positive"
                        + " number; leave it out for no budget (see dynamirror write --help)",
                WRITE + " --give-up-after soon | Invalid value for option '--give-up-after': expected a duration like"
                        + " 30s, 15min, 12h, 1d or PT15M, but was 'soon' (see dynamirror write --help)",
                WRITE + " --give-up-after 15parsecs | Invalid value for option '--give-up-after': expected a duration"
                        + " like 30s, 15min, 12h, 1d or PT15M, but was '15parsecs' (see dynamirror write --help)",
                WRITE
                        + " --give-up-after 0s | give-up-after is PT0S, and must be a positive duration of at most 36500 days"
                        + " (see dynamirror write --help)",
                WRITE + " --write-mode append | Invalid value for option '--write-mode': expected put, merge, but was"
                        + " 'append' (see dynamirror write --help)",
                WRITE + " --write-mode merge --merge-deletes none | Invalid value for option '--merge-deletes':"
                        + " expected item, attributes, but was 'none' (see dynamirror write --help)",
                WRITE + " --merge-deletes attributes | merge-deletes is set, but rows are not merged; set write-mode to"
                        + " merge, or leave it out (see dynamirror write --help)",
                WRITE
                        + " --ordering none | Invalid value for option '--ordering': expected in-order, versioned, but was"
                        + " 'none' (see dynamirror write --help)",
                WRITE
                        + " --transport pigeon | Invalid value for option '--transport': expected direct, sdk, but was"
                        + " 'pigeon' (see dynamirror write --help)",
                WRITE + " --version-column at | version-column is set, but the mirror is not versioned; set ordering to"
                        + " versioned, or leave it out (see dynamirror write --help)",
                WRITE
                        + " --versioned-deletes keep | Invalid value for option '--versioned-deletes': expected tombstone,"
                        + " remove, but was 'keep' (see dynamirror write --help)",
                WRITE + " --tombstone-retention 1d | tombstone-retention is set, but the mirror is not versioned; set"
                        + " ordering to versioned, or leave it out (see dynamirror write --help)",
                WRITE
                        + " --stream new-image | stream is set, but the init mode default creates no table; set init-mode to"
                        + " create_if_not_exists or replace, or leave it out (see dynamirror write --help)",
                WRITE + " --init-mode replace --stream all | Invalid value for option '--stream': expected keys-only,"
                        + " new-image, old-image, new-and-old-images, but was 'all' (see dynamirror write --help)",
                WRITE
                        + " --init-mode replace --read-capacity 1 | read-capacity is set, but the table is not provisioned;"
                        + " set billing-mode to provisioned, or leave it out (see dynamirror write --help)",
                WRITE + " --init-mode replace --global-indexes by-day | global-indexes \"by-day\": expected ( and the"
                        + " column that is the partition key of the index by-day, but found its end"
                        + " (see dynamirror write --help)",
                WRITE
                        + " --replace-protected | replace-protected is set, but the table is not replaced; set init-mode to"
                        + " replace, or leave it out (see dynamirror write --help)",
                "write greetings.md --table t --partition-key key | \"t\" is no name of a DynamoDB table; expected 3 to"
                        + " 255 of the characters a-z, A-Z, 0-9, _, - and . (see dynamirror write --help)",
                "write greetings.txt --table test --partition-key key | greetings.txt: the name doesn't tell the"
                        + " file's format, which must be given then: one of markdown (.md), csv (.csv), jsonl (.jsonl), parquet (.parquet), debezium-json"
                        + " (see dynamirror write --help)",
                "write - --table test --partition-key key | standard input has no ending that would tell its format;"
                        + " give --format (see dynamirror write --help)",
                WRITE
                        + " --max-deletes 5 | max-deletes is set, but the table is not compared with the live table; set init-mode to"
                        + " reconcile, or leave it out (see dynamirror write --help)",
                WRITE
                        + " --init-mode reconcile --max-deletes 200% | Invalid value for option '--max-deletes': max-deletes"
                        + " is \"200%\"; expected a number of items like 1000, or a share of them from 0% to 100%"
                        + " (see dynamirror write --help)",
                "verify greetings.md --table test | Missing required option: '--partition-key=COLUMN'"
                        + " (see dynamirror verify --help)",
                "verify greetings.md --table t --partition-key key | \"t\" is no name of a DynamoDB table; expected 3 to"
                        + " 255 of the characters a-z, A-Z, 0-9, _, - and . (see dynamirror verify --help)",
                "sql | Missing required parameter: 'SCRIPT' (see dynamirror sql --help)",
                "local --port 70000 | port must be within 0 to 65535, but is 70000 (see dynamirror local --help)",
                "local --port http | Invalid value for option '--port': 'http' is not an int"
                        + " (see dynamirror local --help)",
                "local --dir= | Invalid value for option '--dir': the folder's name is empty"
                        + " (see dynamirror local --help)",
                "scan test --local= | Invalid value for option '--local': the folder's name is empty"
                        + " (see dynamirror scan --help)",
            })
    void wrongUsageIsOneLineAndStatus2(String line, String message) {
        assertThat(Shell.run(words(line))).isEqualTo(new Shell.Outcome(2, "", "dynamirror: " + message + "\n"));
    }

    @Test
    void aSchemaIsGivenOrShown() {
        assertThat(Shell.run("scan", "test", "--show-schema", "--schema", "key int"))
                .isEqualTo(
                        new Shell.Outcome(
                                2,
                                "",
                                "dynamirror: --show-schema prints no items; leave out --schema (see dynamirror scan --help)\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "write --help",
                "verify --help",
                "sql --help",
                "scan --help",
                "local --help",
                "completion --help"
            })
    void helpFitsAScreenAndHasExamples(String line) {
        Shell.Outcome help = Shell.run(words(line));
        assertThat(help.status()).isZero();
        assertThat(help.messages()).isEmpty();
        assertThat(help.results()).contains("Example");
        // The commands of a mirror have more options than all others together, most of them in one line.
        int screen = line.startsWith("write") ? 88 : line.startsWith("verify") ? 55 : 40;
        assertThat(help.results().lines()).hasSizeLessThanOrEqualTo(screen).allMatch(text -> text.length() <= 88);
    }

    @Test
    void theVersionIsMavens() {
        assertThat(Shell.run("--version").results()).matches("dynamirror \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
    }

    @Test
    void wordsAreTakenInUpperCaseToo() {
        assertThat(new WriteCommand.InitModes().convert("Create_If_Not_Exists"))
                .isEqualTo(dev.dynamirror.table.InitMode.CREATE_IF_NOT_EXISTS);
    }

    @ParameterizedTest
    @CsvSource({"15min, PT15M", "PT15M, PT15M", "2 h, PT2H", "1d, PT24H", "500, PT0.5S"})
    void durationsAreFlinks(String text, Duration duration) {
        assertThat(new WriteCommand.Durations().convert(text)).isEqualTo(duration);
    }

    @Test
    void aFileThatIsNotThereIsAFailure() {
        Shell.connectTo(java.net.URI.create("http://127.0.0.1:1"));
        assertThat(Shell.run("write", "not-there.md", "--table", "test", "--partition-key", "key"))
                .isEqualTo(new Shell.Outcome(1, "", "dynamirror: not-there.md: there is no such file\n"));
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }
}
