package dev.dynamirror.flink.input;

import java.util.ArrayList;
import java.util.List;

/** Finds the table in a markdown document. */
final class MarkdownDocument {

    private MarkdownDocument() {}

    /** All lines of a text. */
    static List<TextLine> lines(String text) {
        List<TextLine> lines = new ArrayList<>();
        text.lines().forEach(line -> lines.add(new TextLine(lines.size() + 1L, line.strip())));
        return lines;
    }

    /**
     * The first table of a document.
     *
     * <p>It begins at the first line with a pipe, or, if a line is underlined by dashes and pipes as in GitHub's
     * markdown, at the first such line; and it ends before a line that has text but no pipe, or where another underlined
     * line begins. Blank lines don't end it: rows below one would be lost without a word. A document without any pipe is
     * one table, split on white space.
     */
    static MarkdownTable read(Place file, String text) {
        List<TextLine> lines = lines(text);
        int start = start(lines);
        return start == lines.size()
                ? new MarkdownTable(file, lines, CellSplitter.PIPES_AND_SPACES, IdMeaning.COLUMN)
                : new MarkdownTable(
                        file, lines.subList(start, end(lines, start)), CellSplitter.PIPES, IdMeaning.COLUMN);
    }

    private static int start(List<TextLine> lines) {
        int firstPipe = lines.size();
        for (int i = lines.size() - 1; i >= 0; i--) {
            firstPipe = hasPipe(lines.get(i)) ? i : firstPipe;
        }
        for (int i = firstPipe; i < lines.size(); i++) {
            if (isUnderlined(lines, i)) {
                return i;
            }
        }
        return firstPipe;
    }

    private static int end(List<TextLine> lines, int start) {
        int end = start + 1;
        while (end < lines.size() && belongs(lines, end)) {
            end++;
        }
        return end;
    }

    private static boolean belongs(List<TextLine> lines, int i) {
        TextLine line = lines.get(i);
        return line.text().isEmpty() || (hasPipe(line) && !isUnderlined(lines, i));
    }

    private static boolean isUnderlined(List<TextLine> lines, int i) {
        return i + 1 < lines.size()
                && hasPipe(lines.get(i))
                && hasPipe(lines.get(i + 1))
                && !MarkdownTable.isDashesBelowHeader(lines.get(i))
                && MarkdownTable.isDashesBelowHeader(lines.get(i + 1));
    }

    private static boolean hasPipe(TextLine line) {
        return line.text().contains("|");
    }
}
