package dev.slipway.tenancy.group;

import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.TenantName;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * One rule, as people write it:
 *
 * <ul>
 *   <li>{@code group /slipway/{tenant}/{role}}: a group whose name has both in it
 *   <li>{@code group /staff/ops -> operator}, {@code group /shop/devs -> acme/developer}: one group
 *   <li>{@code claim department=payments -> acme/viewer}: any other claim
 *   <li>{@code regex team-([a-z]+)-(owner|viewer) -> $1/$2}: groups whose whole name it matches
 * </ul>
 */
final class GroupRule {
    private static final Pattern SHAPE = Pattern.compile("(group|claim|regex)\\s+(\\S+)(?:\\s+->\\s+(\\S+))?");
    private static final Pattern PART = Pattern.compile("\\{(tenant|role)}");
    private static final String OPERATOR = "operator";
    private static final int LONGEST_GROUP = 500;

    private final Function<Claims, Collection<String>> from;
    private final Pattern pattern;
    private final String target;

    private GroupRule(Function<Claims, Collection<String>> from, Pattern pattern, String target) {
        this.from = from;
        this.pattern = Pattern.compile("\\A(?:" + pattern.pattern() + ")\\z");
        this.target = target;
    }

    /** @throws InvalidNameException with what is wrong and how it should look */
    static GroupRule parse(String text) {
        Matcher rule = SHAPE.matcher(text.strip());
        if (!rule.matches()) {
            throw bad(text, "write group NAME, claim NAME=VALUE or regex PATTERN, then -> TENANT/ROLE or -> operator");
        }
        String what = rule.group(2);
        Optional<String> target = Optional.ofNullable(rule.group(3));
        return switch (rule.group(1)) {
            case "group" -> group(text, what, target);
            case "claim" -> claim(text, what, target);
            default -> regex(text, what, target);
        };
    }

    /** What the claims give by this rule; names that no tenant or role can have give nothing. */
    Stream<GroupGrant> grants(Claims claims) {
        return from.apply(claims).stream()
                .filter(name -> name.length() <= LONGEST_GROUP)
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .flatMap(match -> (target.equals(OPERATOR)
                                ? Optional.<GroupGrant>of(new GroupGrant.Operator())
                                : inTenant(match.replaceFirst(target)))
                        .stream());
    }

    private static GroupRule group(String text, String name, Optional<String> target) {
        if (!PART.matcher(name).find()) {
            return checked(
                    text, new GroupRule(Claims::groups, Pattern.compile(Pattern.quote(name)), wanted(text, target)));
        }
        if (target.isPresent() || count(name, "{tenant}") != 1 || count(name, "{role}") != 1) {
            throw bad(text, "a group with {tenant} and {role} has each of them once and no arrow");
        }
        StringBuilder pattern = new StringBuilder();
        Matcher part = PART.matcher(name);
        int at = 0;
        while (part.find()) {
            pattern.append(Pattern.quote(name.substring(at, part.start())))
                    .append("(?<")
                    .append(part.group(1))
                    .append(">[^/]+)");
            at = part.end();
        }
        pattern.append(Pattern.quote(name.substring(at)));
        return new GroupRule(Claims::groups, Pattern.compile(pattern.toString()), "${tenant}/${role}");
    }

    private static GroupRule claim(String text, String what, Optional<String> target) {
        int equals = what.indexOf('=');
        if (equals < 1 || equals == what.length() - 1) {
            throw bad(text, "a claim is written NAME=VALUE");
        }
        String name = what.substring(0, equals);
        Pattern value = Pattern.compile(Pattern.quote(what.substring(equals + 1)));
        return checked(
                text,
                new GroupRule(claims -> claims.values().getOrDefault(name, Set.of()), value, wanted(text, target)));
    }

    private static GroupRule regex(String text, String what, Optional<String> target) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(what);
        } catch (PatternSyntaxException e) {
            throw bad(text, "the pattern cannot be read: " + e.getDescription());
        }
        String wanted = target.orElseThrow(() -> bad(text, "say what it gives: -> TENANT/ROLE or -> operator"));
        Matcher references = Pattern.compile("\\$(\\d)").matcher(wanted);
        int groups = pattern.matcher("").groupCount();
        while (references.find()) {
            if (Integer.parseInt(references.group(1)) > groups) {
                throw bad(text, "the pattern has " + groups + " groups in brackets, no " + references.group());
            }
        }
        return new GroupRule(Claims::groups, pattern, wanted);
    }

    /** A fixed target has to be one that can be. */
    private static GroupRule checked(String text, GroupRule rule) {
        if (!rule.target.equals(OPERATOR) && inTenant(rule.target).isEmpty()) {
            throw bad(text, "it gives \"" + rule.target + "\", which is neither operator nor TENANT/ROLE");
        }
        return rule;
    }

    private static String wanted(String text, Optional<String> target) {
        return target.filter(some -> !some.contains("$") && !some.contains("\\"))
                .orElseThrow(() -> bad(text, "say what it gives: -> TENANT/ROLE or -> operator"));
    }

    /** Never the mark of an operator: that takes a rule which says so itself. */
    private static Optional<GroupGrant> inTenant(String target) {
        int slash = target.indexOf('/');
        if (slash < 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GroupGrant.InTenant(
                    TenantName.parse(target.substring(0, slash)), Role.parse(target.substring(slash + 1))));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static InvalidNameException bad(String rule, String why) {
        return new InvalidNameException("group rule", rule, "The rule \"" + rule + "\" cannot be used: " + why + ".");
    }
}
