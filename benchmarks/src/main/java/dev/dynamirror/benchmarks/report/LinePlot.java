package dev.dynamirror.benchmarks.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Lines through points, as an SVG.
 *
 * @param title what it shows
 * @param x the axis below
 * @param y the axis at the left
 * @param lines the lines
 */
record LinePlot(String title, Axis x, Axis y, List<Line> lines) {

    private static final int WIDTH = 820;
    private static final int HEIGHT = 436;
    private static final int LEFT = 70;
    private static final int RIGHT = 270;
    private static final int TOP = 56;
    private static final int BOTTOM = 55;

    /**
     * A line.
     *
     * @param name what the legend calls it
     * @param points its points, from left to right
     */
    record Line(String name, List<Point> points) {}

    /** A point of a line, in the axes' units. */
    record Point(double x, double y) {}

    /** The file's text. */
    String svg() {
        double xFrom = x.start(all(Point::x).min().orElseThrow());
        double xTo = x.logarithmic()
                ? all(Point::x).max().orElseThrow()
                : x.end(all(Point::x).max().orElseThrow());
        double yFrom = y.start(all(Point::y).min().orElseThrow());
        double yTo = y.end(all(Point::y).max().orElseThrow());
        Svg svg = new Svg(WIDTH, HEIGHT, title);
        svg.text(WIDTH / 2.0, 22, "middle", "title", title);
        double right = WIDTH - RIGHT;
        double bottom = HEIGHT - BOTTOM;
        for (double tick : y.ticks(yFrom, yTo)) {
            double at = bottom - y.position(tick, yFrom, yTo) * (bottom - TOP);
            svg.line(LEFT, at, right, at, "grid");
            svg.text(LEFT - 8, at + 4, "end", "tick", Axis.text(tick));
        }
        for (double tick : x.ticks(xFrom, xTo)) {
            double at = LEFT + x.position(tick, xFrom, xTo) * (right - LEFT);
            svg.line(at, bottom, at, bottom + 5, "axis");
            svg.text(at, bottom + 20, "middle", "tick", Axis.text(tick));
        }
        svg.line(LEFT, bottom, right, bottom, "axis");
        svg.text((LEFT + right) / 2, HEIGHT - 12, "middle", "label", x.label());
        svg.text(LEFT, TOP - 8, "start", "label", y.label());
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            List<Point> drawn = line.points.stream()
                    .map(point -> new Point(
                            LEFT + x.position(point.x, xFrom, xTo) * (right - LEFT),
                            bottom - y.position(point.y, yFrom, yTo) * (bottom - TOP)))
                    .toList();
            svg.path(drawn, i);
            double at = TOP + 10 + i * 22;
            svg.dot(right + 18, at, i);
            svg.text(right + 28, at + 4, "start", "tick", line.name);
        }
        return svg.end();
    }

    private DoubleStream all(ToDoubleFunction<Point> coordinate) {
        return lines.stream().flatMap(line -> line.points.stream()).mapToDouble(coordinate);
    }
}
