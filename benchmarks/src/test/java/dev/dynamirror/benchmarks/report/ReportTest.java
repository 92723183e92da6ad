package dev.dynamirror.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.benchmarks.report.LinePlot.Line;
import dev.dynamirror.benchmarks.report.LinePlot.Point;
import dev.dynamirror.benchmarks.worker.SkewedChanges;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

final class ReportTest {

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(DoubleStream.of(4, 1, 3, 2))).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(DoubleStream.of(9, 1, 3)).text(1)).isEqualTo("3.0 (1.0 to 9.0)");
    }

    @Test
    void ratiosAreTakenWithinARound() {
        List<Round> rounds =
                List.of(round("a", 1, 10, 2), round("b", 1, 10, 4), round("a", 2, 10, 9), round("b", 2, 10, 3));

        assertThat(new Ratio("small", "0 ms", "a", "b").of(rounds, Round::cpuMicrosPerRow))
                .isEqualTo(new Spread(1.75, 0.5, 3));
        assertThat(new Ratio("small", "0 ms", "a", "c").of(rounds, Round::cpuMicrosPerRow))
                .isNull();
    }

    @Test
    void aTableHasMedianAndRange() {
        List<Round> rounds = List.of(round("core", 1, 1_000_000, 2), round("core", 2, 1_000_000, 1));

        assertThat(new Tables(rounds).costs("small")).isEqualTo("""
                        | | CPU, µs per row | rows per second | heap allocated, bytes per row | peak memory, MB |
                        |---|---|---|---|---|
                        | dynamirror, core | 1.50 (1.00 to 2.00) | 500,000 (500,000 to 500,000) | 3 | 64 |""");
    }

    @Test
    void whatPeopleHaveWrittenStays(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("page.md");
        Files.writeString(file, "before\n<!-- begin a -->\nold\n<!-- end a -->\nafter\n");

        MarkedPage page = MarkedPage.read(file);
        page.replace("a", "new");
        page.write();

        assertThat(Files.readString(file)).isEqualTo("before\n<!-- begin a -->\n\nnew\n\n<!-- end a -->\nafter\n");
        assertThatThrownBy(() -> page.replace("b", "new"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(file + " lacks the markers <!-- begin b --> and <!-- end b -->");
    }

    @Test
    void axesHaveRoundTicks() {
        assertThat(new Axis("", false).ticks(0, new Axis("", false).end(20)))
                .containsExactly(0.0, 5.0, 10.0, 15.0, 20.0);
        assertThat(new Axis("", true).ticks(1000, 100_000)).containsExactly(1000.0, 10_000.0, 100_000.0);
        assertThat(DoubleStream.of(0.5, 20, 10_000, 2_500_000).mapToObj(Axis::text))
                .containsExactly("0.5", "20", "10 k", "2.5 M");
    }

    @Test
    void plotsAreXmlForLightAndDark() throws Exception {
        LinePlot lines = new LinePlot(
                "a < b",
                new Axis("x", false),
                new Axis("y", true),
                List.of(new Line("one", List.of(new Point(0, 1), new Point(10, 100)))));
        BarPlot bars = new BarPlot("bars", "µs", List.of(new BarPlot.Bar("one", new Spread(2, 1, 4), true)));

        Document plot = parse(lines.svg());
        // From the left end of the x axis at the bottom of the y axis to the right end at the top.
        assertThat(plot.getElementsByTagName("path")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("d")
                        .getNodeValue())
                .isEqualTo("M70.0,381.0 L550.0,56.0");
        assertThat(lines.svg()).contains("prefers-color-scheme: dark").contains("a &lt; b");
        // The range ends at 4, which is as far as bars go: 320 pixels; the median of 2 is half of that.
        assertThat(parse(bars.svg())
                        .getElementsByTagName("rect")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("width")
                        .getNodeValue())
                .isEqualTo("160.0");
    }

    @Test
    void mergingIsModelledOnTheKnownStream() {
        SkewedChanges changes = new SkewedChanges();

        assertThat(MergingModel.batches(changes, 1)).isEqualTo(1);
        // What was measured before the project began: 87 %, 28 % and 37 %.
        assertThat(MergingModel.batches(changes, 25)).isBetween(0.85, 0.89);
        assertThat(MergingModel.batches(changes, 10_000)).isBetween(0.26, 0.30);
        assertThat(MergingModel.window(changes, 1000)).isBetween(0.35, 0.39);
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    /** A round at 500,000 rows a second. */
    private static Round round(String contender, int number, long rows, double cpuSeconds) {
        return new Round(
                "small", "0 ms", number, contender, rows, rows / 5e5, cpuSeconds, 3.0 * rows, 64_000_000, 1, rows);
    }
}
