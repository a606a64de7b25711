package dev.slipway.platform.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter language of RFC 7644, 3.4.2.2: a text becomes a question to resources. */
public final class ScimFilter {
    private static final int LONGEST = 1_000;
    private static final int DEEPEST = 20;
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<mark>[()\\[\\]])|(?<word>[^\\s()\\[\\]\"]+))");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(?:\\.[0-9]{1,9})?");

    private final String text;
    private final List<String> tokens;
    private int next;
    private int depth;

    private ScimFilter(String text) {
        this.text = text;
        this.tokens = tokens(text);
    }

    /** @throws ScimException {@code invalidFilter}, which names the place */
    public static Predicate<JsonNode> parse(String text) {
        ScimFilter filter = new ScimFilter(text);
        Predicate<JsonNode> all = filter.either();
        if (filter.next < filter.tokens.size()) {
            throw filter.unexpected();
        }
        return all;
    }

    private static List<String> tokens(String text) {
        if (text.length() > LONGEST) {
            throw ScimException.filter("A filter has at most " + LONGEST + " characters.");
        }
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (end < text.strip().length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw ScimException.filter("The filter cannot be read from character " + (end + 1) + " on: " + text);
            }
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        return tokens;
    }

    private Predicate<JsonNode> either() {
        Predicate<JsonNode> one = both();
        while (word("or")) {
            one = one.or(both());
        }
        return one;
    }

    private Predicate<JsonNode> both() {
        Predicate<JsonNode> one = single();
        while (word("and")) {
            one = one.and(single());
        }
        return one;
    }

    private Predicate<JsonNode> single() {
        if (++depth > DEEPEST) {
            throw ScimException.filter("A filter has at most " + DEEPEST + " parts and levels.");
        }
        if (word("not")) {
            expect("(");
            return group().negate();
        }
        if (mark("(")) {
            return group();
        }
        return about(take());
    }

    private Predicate<JsonNode> group() {
        Predicate<JsonNode> inside = either();
        expect(")");
        return inside;
    }

    private Predicate<JsonNode> about(String attribute) {
        ScimPath path = ScimPath.attribute(attribute);
        if (mark("[")) {
            Predicate<JsonNode> inside = either();
            expect("]");
            return resource -> path.values(resource).stream().anyMatch(inside);
        }
        if (word("pr")) {
            return resource -> path.values(resource).stream().anyMatch(ScimFilter::present);
        }
        Comparison comparison = Comparison.of(take(), text);
        JsonNode wanted = literal(take());
        boolean exact = path.exact();
        if (wanted.isNull() && (comparison == Comparison.EQ || comparison == Comparison.NE)) {
            Predicate<JsonNode> none =
                    resource -> path.values(resource).stream().noneMatch(ScimFilter::present);
            return comparison == Comparison.EQ ? none : none.negate();
        }
        boolean differs = comparison == Comparison.NE;
        Comparison asked = differs ? Comparison.EQ : comparison;
        Predicate<JsonNode> any =
                resource -> path.values(resource).stream().anyMatch(value -> asked.holds(plain(value), wanted, exact));
        return differs ? any.negate() : any;
    }

    /** Of a value with parts, such as an address of mail, the part that is the value. */
    private static JsonNode plain(JsonNode value) {
        return value.isObject() ? value.path("value") : value;
    }

    private static boolean present(JsonNode value) {
        return !value.isNull()
                && !value.isMissingNode()
                && !(value.isTextual() && value.asText().isEmpty());
    }

    private JsonNode literal(String token) {
        if (token.startsWith("\"")) {
            String inside = token.substring(1, token.length() - 1);
            return TextNode.valueOf(inside.replace("\\\"", "\"").replace("\\\\", "\\"));
        }
        if (NUMBER.matcher(token).matches()) {
            return DecimalNode.valueOf(new BigDecimal(token));
        }
        return switch (token.toLowerCase(Locale.ROOT)) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "null" -> NullNode.getInstance();
            default ->
                throw ScimException.filter("A value is \"a text\", a number, true, false or null, not: " + token);
        };
    }

    private String take() {
        if (next == tokens.size()) {
            throw ScimException.filter("The filter ends too early: " + text);
        }
        return tokens.get(next++);
    }

    private boolean word(String word) {
        return at(word);
    }

    private boolean mark(String mark) {
        return at(mark);
    }

    private boolean at(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equalsIgnoreCase(token);
        if (there) {
            next++;
        }
        return there;
    }

    private void expect(String mark) {
        if (!at(mark)) {
            throw next < tokens.size() ? unexpected() : ScimException.filter("A " + mark + " is missing: " + text);
        }
    }

    private ScimException unexpected() {
        return ScimException.filter("\"" + tokens.get(next) + "\" is not expected there: " + text);
    }

    /** The operators that compare. */
    private enum Comparison {
        EQ,
        NE,
        CO,
        SW,
        EW,
        GT,
        GE,
        LT,
        LE;

        static Comparison of(String word, String filter) {
            for (Comparison comparison : values()) {
                if (comparison.name().equalsIgnoreCase(word)) {
                    return comparison;
                }
            }
            throw ScimException.filter("There is no operator \"" + word + "\": " + filter);
        }

        boolean holds(JsonNode value, JsonNode wanted, boolean exact) {
            if (value.isNumber() && wanted.isNumber()) {
                return ordered(value.decimalValue().compareTo(wanted.decimalValue()));
            }
            if (value.isTextual() && wanted.isTextual()) {
                String one = exact ? value.asText() : value.asText().toLowerCase(Locale.ROOT);
                String other = exact ? wanted.asText() : wanted.asText().toLowerCase(Locale.ROOT);
                return switch (this) {
                    case CO -> one.contains(other);
                    case SW -> one.startsWith(other);
                    case EW -> one.endsWith(other);
                    default -> ordered(one.compareTo(other));
                };
            }
            return this == EQ && value.equals(wanted);
        }

        private boolean ordered(int order) {
            return switch (this) {
                case EQ -> order == 0;
                case NE -> order != 0;
                case GT -> order > 0;
                case GE -> order >= 0;
                case LT -> order < 0;
                case LE -> order <= 0;
                case CO, SW, EW -> false;
            };
        }
    }
}
