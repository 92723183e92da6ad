package dev.dynamirror.benchmarks.report;

import java.util.List;

/**
 * Bars from left to right, as an SVG.
 *
 * @param title what it shows
 * @param unit of the values
 * @param bars the bars from top to bottom
 */
record BarPlot(String title, String unit, List<Bar> bars) {

    private static final int WIDTH = 760;
    private static final int LEFT = 270;
    private static final int RIGHT = 170;
    private static final int TOP = 40;
    private static final int ROW = 26;

    /**
     * A bar.
     *
     * @param name what stands at its left
     * @param value its length, and the ends of the thin line over it
     * @param own whether it is of this project
     */
    record Bar(String name, Spread value, boolean own) {}

    /** The file's text. */
    String svg() {
        double greatest =
                bars.stream().mapToDouble(bar -> bar.value.greatest()).max().orElseThrow();
        Svg svg = new Svg(WIDTH, TOP + ROW * bars.size() + 20, title);
        svg.text(WIDTH / 2.0, 22, "middle", "title", title);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double scale = (WIDTH - LEFT - RIGHT) / greatest;
            double top = TOP + ROW * i;
            double middle = top + ROW / 2.0 - 2;
            svg.text(LEFT - 8, middle + 4, "end", "tick", bar.name);
            svg.bar(LEFT, top, bar.value.median() * scale, ROW - 6, bar.own ? 0 : 1);
            svg.line(LEFT + bar.value.least() * scale, middle, LEFT + bar.value.greatest() * scale, middle, "range");
            svg.text(
                    LEFT + bar.value.greatest() * scale + 6,
                    middle + 4,
                    "start",
                    "tick",
                    Spread.number(bar.value.median(), 2) + " " + unit);
        }
        return svg.end();
    }
}
