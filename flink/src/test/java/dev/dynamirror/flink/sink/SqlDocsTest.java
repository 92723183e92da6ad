package dev.dynamirror.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;

/** Holds the options' table in docs/sql.md against the options as they are declared. */
class SqlDocsTest {

    /** Of options without a default, which don't tell their type; the others are strings. */
    private static final Map<ConfigOption<?>, String> TYPES = Map.ofEntries(
            Map.entry(MirrorOptions.MAX_WRITE_UNITS_PER_SECOND, "Double"),
            Map.entry(MirrorOptions.BILLING_MODE, "Enum"),
            Map.entry(MirrorOptions.READ_CAPACITY, "Long"),
            Map.entry(MirrorOptions.WRITE_CAPACITY, "Long"),
            Map.entry(MirrorOptions.WARM_READ_UNITS_PER_SECOND, "Long"),
            Map.entry(MirrorOptions.WARM_WRITE_UNITS_PER_SECOND, "Long"),
            Map.entry(MirrorOptions.TABLE_CLASS, "Enum"),
            Map.entry(MirrorOptions.DELETION_PROTECTION, "Enum"),
            Map.entry(MirrorOptions.STREAM, "Enum"),
            Map.entry(MirrorOptions.IGNORE_ATTRIBUTES, "List"),
            Map.entry(MirrorOptions.MAX_READ_UNITS_PER_SECOND, "Double"));

    private final MirrorTableFactory factory = new MirrorTableFactory();

    @Test
    void optionsAreDocumentedAsDeclared() throws IOException {
        List<String> rows = documentedRows();

        Set<String> documented = rows.stream()
                .map(row -> row.substring(row.indexOf('`') + 1, row.indexOf('`', row.indexOf('`') + 1)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = new TreeSet<>(Set.of("connector"));
        factory.requiredOptions().forEach(option -> declared.add(option.key()));
        factory.optionalOptions().forEach(option -> declared.add(option.key()));
        assertThat(documented).isEqualTo(declared);

        factory.requiredOptions().forEach(option -> assertThat(rows).contains(row(option, "yes")));
        factory.optionalOptions().stream()
                // Flink's own options have Flink's own descriptions.
                .filter(option ->
                        !option.equals(FactoryUtil.SINK_PARALLELISM) && !option.equals(FactoryUtil.SOURCE_PARALLELISM))
                .forEach(option -> assertThat(rows).contains(row(option, "no")));
    }

    private static String row(ConfigOption<?> option, String required) {
        String value = option.hasDefaultValue() ? "`" + text(option.defaultValue()) + "`" : "";
        String type = type(option);
        return ("| `" + option.key() + "` | " + required + " | " + value + " | " + type + " | "
                        + new HtmlFormatter().format(option.description()).replace("&#39;", "'") + " |")
                .replace("|  |", "| |");
    }

    private static String type(ConfigOption<?> option) {
        if (TYPES.containsKey(option)) {
            return TYPES.get(option);
        }
        Object value = option.defaultValue();
        if (value instanceof Enum) {
            return "Enum";
        }
        return value instanceof Duration ? "Duration" : value instanceof Boolean ? "Boolean" : "String";
    }

    private static String text(Object value) {
        return value instanceof Duration duration
                ? TimeUtils.formatWithHighestUnit(duration)
                : value.toString().toLowerCase(Locale.ROOT);
    }

    private static List<String> documentedRows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "sql.md")).stream()
                .filter(line -> line.matches("\\| `[a-z.-]+` \\|.*"))
                .toList();
    }
}
