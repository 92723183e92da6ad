package dev.dynamirror.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes an SVG that can be read on light and on dark ground. */
final class Svg {

    /** Colours that are told apart by most people, on both grounds. */
    private static final String STYLE = """
            <style>
            text { font-family: system-ui, sans-serif; fill: #222; }
            .title { font-size: 15px; font-weight: 600; }
            .label { font-size: 12px; }
            .tick { font-size: 12px; }
            .grid { stroke: #ddd; }
            .axis { stroke: #666; }
            .range { stroke: #222; stroke-width: 1.5; }
            path { fill: none; stroke-width: 2.2; }
            .s0 { stroke: #d55e00; } .f0 { fill: #d55e00; }
            .s1 { stroke: #0072b2; } .f1 { fill: #0072b2; }
            .s2 { stroke: #009e73; } .f2 { fill: #009e73; }
            .s3 { stroke: #b8509a; } .f3 { fill: #b8509a; }
            .s4 { stroke: #b38600; } .f4 { fill: #b38600; }
            .s5 { stroke: #5a8fb5; } .f5 { fill: #5a8fb5; }
            .s6 { stroke: #777; } .f6 { fill: #777; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6e6e6; }
              .grid { stroke: #3a3a3a; }
              .axis { stroke: #999; }
              .range { stroke: #e6e6e6; }
              .s1 { stroke: #56b4e9; } .f1 { fill: #56b4e9; }
            }
            </style>
            """;

    private static final int COLOURS = 7;

    private final StringBuilder out = new StringBuilder();

    Svg(int width, int height, String title) {
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " role=\"img\">%n<title>%s</title>%n",
                width,
                height,
                width,
                height,
                escaped(title)));
        out.append(STYLE);
    }

    void text(double x, double y, String anchor, String style, String text) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                x, y, anchor, style, escaped(text));
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", x1, y1, x2, y2, style);
    }

    void bar(double x, double y, double width, double height, int colour) {
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"f%d\"/>",
                x, y, width, height, colour % COLOURS);
    }

    void dot(double x, double y, int colour) {
        add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" class=\"f%d\"/>", x, y, colour % COLOURS);
    }

    /** A line through the points, and a dot on each. */
    void path(List<LinePlot.Point> points, int colour) {
        String course = points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
                .collect(Collectors.joining(" L"));
        add("<path d=\"M%s\" class=\"s%d\"/>", course, colour % COLOURS);
        points.forEach(point -> dot(point.x(), point.y(), colour));
    }

    String end() {
        return out.append("</svg>\n").toString();
    }

    private void add(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
