package dev.dynamirror.benchmarks.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of sections, one file for each, so that sections can be run one by one.
 *
 * @param folder where the files are
 */
public record Results(Path folder) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Keeps a section's results in place of its older ones. */
    public void write(String section, List<Round> rounds) throws IOException {
        Files.createDirectories(folder);
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(section + ".json").toFile(), rounds);
    }

    /** All results of all sections that were run. */
    public List<Round> read() throws IOException {
        List<Round> rounds = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                rounds.addAll(JSON.readValue(file.toFile(), new TypeReference<List<Round>>() {}));
            }
        }
        return rounds;
    }
}
