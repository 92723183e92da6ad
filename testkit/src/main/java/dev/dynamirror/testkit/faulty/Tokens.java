package dev.dynamirror.testkit.faulty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of an expression. */
final class Tokens {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_]*|[#:][A-Za-z0-9_]+|[0-9]+|<>|<=|>=|[=<>(),.\\[\\]+-])");
    private static final Pattern WORD = Pattern.compile("[A-Za-z#].*");
    private static final String END = "<EOF>";

    private final String kind;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    /** @param kind such as ConditionExpression */
    Tokens(String kind, String expression) {
        this.kind = kind;
        if (expression.isEmpty()) {
            throw invalid("The expression can not be empty;");
        }
        String text = expression.stripTrailing();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find() || matcher.start() != end) {
                throw invalid("Syntax error; token: \"" + text.charAt(end) + "\"");
            }
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
    }

    Refusal invalid(String message) {
        return Refusal.invalid("Invalid " + kind + ": " + message);
    }

    Refusal unexpected() {
        return invalid("Syntax error; token: \"" + peek() + "\", near: \"" + peek() + "\"");
    }

    String peek() {
        return next < tokens.size() ? tokens.get(next) : END;
    }

    String take() {
        String token = peek();
        next++;
        return token;
    }

    /** The number of the next token. */
    int position() {
        return next;
    }

    /** The sign or word, in capitals, after the parenthesis that closes the one that comes next. */
    String afterParentheses() {
        int depth = 0;
        for (int i = next; i < tokens.size(); i++) {
            String token = tokens.get(i);
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            if (depth == 0) {
                return i + 1 < tokens.size() ? tokens.get(i + 1).toUpperCase(Locale.ROOT) : END;
            }
        }
        return END;
    }

    boolean isEnd() {
        return next >= tokens.size();
    }

    /** Whether the next token is this sign, or this keyword in whatever case. */
    boolean at(String expected) {
        return peek().toUpperCase(Locale.ROOT).equals(expected);
    }

    /** Whether the one after the next is an opening parenthesis, so that the next is a function. */
    boolean atFunction() {
        return WORD.matcher(peek()).matches()
                && next + 1 < tokens.size()
                && tokens.get(next + 1).equals("(");
    }

    boolean tookIf(String expected) {
        if (at(expected)) {
            next++;
            return true;
        }
        return false;
    }

    void expect(String expected) {
        if (!tookIf(expected)) {
            throw unexpected();
        }
    }

    void expectEnd() {
        if (!isEnd()) {
            throw unexpected();
        }
    }
}
