package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts of SQL: what is executed at once, what runs as a job, and what is said of errors. */
final class ScriptTest {

    private final FaultyDynamoDb db = FaultyDynamoDb.start();

    @AfterEach
    void stop() {
        db.close();
    }

    @Test
    void allInsertsAreOneJobWithTheMirrorsOfTheProgram() throws Exception {
        Live live = Live.create(Embedded.environment(1));
        live.write(
                live.tableFromMarkdown("""
                        key | value
                        1   | Hello
                        """),
                DynamoDb.table("greetings")
                        .partitionKey("key")
                        .endpoint(db.endpoint())
                        .region(Embedded.REGION)
                        .initMode(InitMode.CREATE_IF_NOT_EXISTS));

        live.execute("""
                -- A comment; with a semicolon;
                SET 'parallelism.default' = '2';

                %s
                %s
                BEGIN STATEMENT SET;
                INSERT INTO orders
                SELECT 1, 'a; b' ON CONFLICT DO DEDUPLICATE;  -- behind; it
                /* before;
                 */
                INSERT INTO orders VALUES (2, 'pear') ON CONFLICT DO DEDUPLICATE;
                END;
                EXECUTE STATEMENT SET BEGIN
                INSERT INTO others VALUES (3, 'plum') ON CONFLICT DO DEDUPLICATE;
                INSERT INTO others VALUES (4, 'fig') ON CONFLICT DO DEDUPLICATE;
                END;
                -- The end.
                """.formatted(mirror("orders"), mirror("others")));
        assertThat(db.requests()).isEmpty();
        live.run();

        assertThat(db.items("greetings")).hasSize(1);
        assertThat(items("orders")).containsExactlyInAnyOrder("a; b", "pear");
        assertThat(items("others")).containsExactlyInAnyOrder("plum", "fig");
    }

    @Test
    void whatAStatementTellsIsReturned() {
        Live live = Live.create(Embedded.environment(1));

        assertThat(live.execute(mirror("orders") + "SHOW TABLES;\nSHOW CREATE TABLE orders;"))
                .hasSize(2)
                .contains("orders")
                .anyMatch(line -> line.contains("'connector' = 'dynamirror'"));
        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("there is nothing to run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'SET ''a'' = ''b'';\n\nCREATE TABEL x (y INT);' | line 3: SQL parse failed. .*TABEL.* at line 1, column \\d+\\.",
                "'INSERT INTO nowhere SELECT 1;' | (line 1: )?.*nowhere.*",
                "'SELECT 1;' | line 1: a query alone has nowhere to put its rows; expected INSERT INTO ... SELECT ...",
                "'SET ''a'' = ''b''; SET ''a'' = ''b'';' | line 1: expected a statement to end with its line, but another one"
                        + " begins there",
                "'\n-- x\nSELECT\n1' | line 2: a query alone .*",
                "'SET ''a'' = ''b'';\nEXECUTE STATEMENT SET BEGIN\nINSERT INTO x VALUES (1);' | line 2: the statement that"
                        + " begins here has no end",
                "'CREATE TABLE x (y INT) WITH (''connector'' = ''dynamirror'');\nINSERT INTO x VALUES (1);' | .*table-name.*",
            })
    void anErrorNamesTheLineOfItsStatement(String script, String message) {
        Live live = Live.create(Embedded.environment(1));

        assertThatThrownBy(() -> {
                    live.execute(script.replace("\\n", "\n"));
                    live.run();
                })
                .isInstanceOf(MirrorException.class)
                .message()
                .matches("(?s)" + message);
    }

    private String mirror(String table) {
        return """
                CREATE TABLE %1$s (id BIGINT, item STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (
                  'connector' = 'dynamirror', 'table-name' = '%1$s', 'init-mode' = 'create_if_not_exists',
                  'endpoint' = '%2$s', 'region' = 'eu-central-1'
                );
                """.formatted(table, db.endpoint());
    }

    private List<String> items(String table) {
        return db.items(table).stream()
                .map(item -> item.get("item").get("S").asText())
                .toList();
    }
}
