package dev.slipway.tenancy.group;

import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.TenantName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All rules of an issuer; each that matches gives, and of several roles in a tenant the strongest counts. */
public final class GroupRules {
    /** What holds where nothing else is said. */
    public static final List<String> USUAL =
            List.of("group /slipway/{tenant}/{role}", "group /slipway/operators -> operator");

    private final List<GroupRule> rules;

    private GroupRules(List<GroupRule> rules) {
        this.rules = rules;
    }

    /**
     * Reads rules.
     *
     * @throws dev.slipway.tenancy.identity.InvalidNameException for the first that cannot be read, with how it should look
     */
    public static GroupRules parse(List<String> texts) {
        return new GroupRules(texts.stream().map(GroupRule::parse).toList());
    }

    /**
     * What somebody holds by their groups.
     *
     * @param roles by tenant
     */
    public record Held(Map<TenantName, Role> roles, boolean operator) {
        public Held {
            roles = Map.copyOf(roles);
        }

        /** Nothing at all. */
        public static Held nothing() {
            return new Held(Map.of(), false);
        }
    }

    /** What the claims give by all rules together. */
    public Held held(Claims claims) {
        Map<TenantName, Role> roles = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        boolean operator = false;
        for (GroupGrant grant :
                rules.stream().flatMap(rule -> rule.grants(claims)).toList()) {
            switch (grant) {
                case GroupGrant.Operator mark -> operator = true;
                case GroupGrant.InTenant in ->
                    roles.merge(in.tenant(), in.role(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
            }
        }
        return new Held(roles, operator);
    }
}
