package dev.dynamirror.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that DuckDB wrote. */
final class ParquetFileTest {

    @Test
    void eachTypeHasOneOfALiveTable() throws IOException {
        try (ParquetFile file = open("types.parquet")) {
            assertThat(new Schema(file.columns(name -> true, name -> true))
                            .toString()
                            .split(", (?=[a-z0-9]+ [a-z])"))
                    .containsExactly(
                            "id int",
                            "bool bool?",
                            "int8 int?",
                            "int16 int?",
                            "int32 int?",
                            "int64 int?",
                            "uint8 int?",
                            "uint16 int?",
                            "uint32 int?",
                            "uint64 decimal(20, 0)?",
                            "float32 float?",
                            "float64 float?",
                            "dec4 decimal(4, 2)?",
                            "dec18 decimal(18, 2)?",
                            "dec38 decimal(38, 3)?",
                            "str str?",
                            "bytes bytes?",
                            "date date?",
                            "time time?",
                            "naive datetime_naive?",
                            "nanos datetime_naive?",
                            "utc datetime_utc?",
                            "millis datetime_naive?",
                            "uuid str?",
                            "json json?",
                            "enum str?",
                            "ints list<int?>?",
                            "lists list<list<str?>?>?",
                            "struct row<x int?",
                            "y str?>?",
                            "map map<float?>?",
                            "intmap map<str?>?",
                            "nested list<row<sku str?",
                            "sizes list<int?>?>?>?");
        }
    }

    @Test
    void eachValueIsOfTheClassOfItsType() throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("a", 1.5);
        map.put("b", null);

        List<List<@Nullable Object>> rows = rows("types.parquet");

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        1L,
                        true,
                        1L,
                        -2L,
                        3L,
                        9007199254740993L,
                        255L,
                        65535L,
                        4294967295L,
                        new BigDecimal("18446744073709551615"),
                        0.1,
                        1e-7,
                        new BigDecimal("19.99"),
                        new BigDecimal("-1234567890.12"),
                        new BigDecimal("12345678901234567890123456789012345.678"),
                        "Bär",
                        new byte[] {1, -1},
                        LocalDate.parse("2025-01-17"),
                        LocalTime.parse("10:30:00.123456"),
                        LocalDateTime.parse("2025-01-17T10:30:00.123456"),
                        LocalDateTime.parse("1969-12-31T23:59:59.999999999"),
                        Instant.parse("2025-01-17T10:30:00Z"),
                        LocalDateTime.parse("2025-01-17T10:30:00.5"),
                        "eb9e2a9a-2b1c-4a1c-9d3b-0a1b2c3d4e5f",
                        Json.parse("{\"b\": 1.0, \"a\": [null]}"),
                        "plum",
                        Arrays.asList(1L, null, 3L),
                        List.of(List.of("a"), List.of()),
                        Map.of("x", 1L, "y", "why"),
                        map,
                        Map.of("1", "one"),
                        List.of(Map.of("sku", "a-1", "sizes", List.of(1L, 2L))));
        List<@Nullable Object> absent =
                new ArrayList<>(Collections.nCopies(rows.get(0).size(), null));
        absent.set(0, 2L);
        assertThat(rows.get(1)).isEqualTo(absent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "gzip", "zstd", "lz4_raw", "uncompressed"})
    void rowsOfAllGroupsAreReadHoweverTheyAreCompressed(String codec) throws IOException {
        List<List<@Nullable Object>> rows = rows(codec + ".parquet");

        assertThat(rows).hasSize(codec.equals("snappy") ? 3000 : 100);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).containsExactly((long) i, "name " + i % 7, i % 10 == 0 ? null : i * 1.5);
        }
    }

    @Test
    void whatIsAbsentNowhereIsNotOptional() throws IOException {
        try (ParquetFile file = open("snappy.parquet")) {
            assertThat(new Schema(file.columns(name -> true, name -> true)))
                    .hasToString("id int, name str, price float?");
        }
    }

    @Test
    void optionalIsWhatTheFileSaysIfItMayBe() throws IOException {
        try (ParquetFile file = open("snappy.parquet")) {
            assertThat(new Schema(file.columns(name -> true, "id"::equals)))
                    .hasToString("id int, name str?, price float?");
        }
    }

    @Test
    void onlyTheSelectedColumnsAreReadInTheirOrder() throws IOException {
        try (ParquetFile file = open("gzip.parquet")) {
            file.select(List.of("price", "id"));

            assertThat(file.next()).containsExactly(null, 0L);
            assertThat(file.next()).containsExactly(1.5, 1L);
        }
    }

    @Test
    void whatIsCompressedInAnotherWayIsSaidToBe() throws IOException {
        try (ParquetFile file = open("brotli.parquet")) {
            assertThat(new Schema(file.columns(name -> true, name -> true)))
                    .hasToString("id int, name str, price float?");

            assertThatThrownBy(() -> file.select(List.of("id", "price")))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("column \"id\": it is compressed by BROTLI; what is read is compressed by SNAPPY, GZIP,"
                            + " ZSTD or LZ4_RAW, or not at all");
        }
    }

    @Test
    void whatIsNoParquetFileIsSaidToBe() {
        BytesInMemory text = new BytesInMemory("id,name\n1,plum\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ParquetFile.open(text))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "it can't be read as a Parquet file: it is not a Parquet file. Expected magic number at tail, but"
                                + " found [108, 117, 109, 10]");
        assertThat(text.isClosed()).isTrue();
    }

    @Test
    void aFileThatIsCutOffIsSaidToBe() {
        byte[] whole = BytesInMemory.ofResource("gzip.parquet");

        assertThatThrownBy(() -> ParquetFile.open(new BytesInMemory(Arrays.copyOf(whole, whole.length - 100))))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("it can't be read as a Parquet file: it is not a Parquet file.");
        assertThatThrownBy(() -> ParquetFile.open(new BytesInMemory(new byte[0])))
                .isInstanceOf(MirrorException.class)
                .hasMessage("it can't be read as a Parquet file: it is not a Parquet file (length is too low: 0)");
    }

    @Test
    void bytesThatCannotBeHadAreNoDamage() {
        SeekableBytes unreadable = new BytesInMemory(BytesInMemory.ofResource("gzip.parquet")) {
            @Override
            public void seek(long to) throws IOException {
                throw new IOException("the disk is gone");
            }
        };

        assertThatThrownBy(() -> ParquetFile.open(unreadable))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is gone");
    }

    @Test
    void damageIsAnErrorOrReadsAsOtherValuesButNothingElse() throws IOException {
        byte[] whole = BytesInMemory.ofResource("uncompressed.parquet");
        int refused = 0;
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            try (ParquetFile file = ParquetFile.open(new BytesInMemory(damaged))) {
                List<String> names = file.names();
                file.select(names);
                for (List<?> row = file.next(); row != null; row = file.next()) {
                    assertThat(row).hasSameSizeAs(names);
                }
            } catch (MirrorException | IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static ParquetFile open(String name) throws IOException {
        return ParquetFile.open(new BytesInMemory(BytesInMemory.ofResource(name)));
    }

    private static List<List<@Nullable Object>> rows(String name) throws IOException {
        try (ParquetFile file = open(name)) {
            file.select(file.names());
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (List<@Nullable Object> row = file.next(); row != null; row = file.next()) {
                rows.add(row);
            }
            return rows;
        }
    }
}
