package dev.slipway.platform.runtime.mesos.fake;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.scheduler.Protos.AttributeConstraint;
import org.apache.mesos.v1.scheduler.Protos.OfferConstraints;

/** What a master finds wrong with a framework, in its words. */
final class FakeRoles {
    private FakeRoles() {}

    static Optional<String> wrong(FrameworkInfo info, List<String> suppressed) {
        boolean multiRole =
                info.getCapabilitiesList().stream().anyMatch(c -> c.getType() == Capability.Type.MULTI_ROLE);
        if (multiRole && info.hasRole()) {
            return Optional.of("'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable");
        }
        if (!multiRole && info.getRolesCount() > 0) {
            return Optional.of("'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable");
        }
        Set<String> seen = new HashSet<>();
        for (String role : info.getRolesList()) {
            if (!seen.add(role)) {
                return Optional.of("'FrameworkInfo.roles' contains duplicate items: { " + role + " }");
            }
        }
        for (String role : info.getRolesList()) {
            Optional<String> wrong = role(role);
            if (wrong.isPresent()) {
                return wrong.map(what -> "'FrameworkInfo.roles' contains invalid role: " + what);
            }
        }
        for (String role : suppressed) {
            if (!seen.contains(role)) {
                return Optional.of("Suppressed role '" + role + "' is not contained in the list of roles");
            }
        }
        if (info.hasId()) {
            Optional<String> wrong = id(info.getId().getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        if (info.getFailoverTimeout() > 9.2e9) {
            return Optional.of("The framework failover_timeout (1e+30) is invalid");
        }
        return Optional.empty();
    }

    /** Wrong with constraints on offers. */
    static Optional<String> wrong(OfferConstraints constraints) {
        for (Map.Entry<String, OfferConstraints.RoleConstraints> role :
                constraints.getRoleConstraintsMap().entrySet()) {
            for (OfferConstraints.RoleConstraints.Group group : role.getValue().getGroupsList()) {
                for (AttributeConstraint each : group.getAttributeConstraintsList()) {
                    String pattern = each.getPredicate().getTextMatches().getRegex();
                    try {
                        Pattern.compile(pattern);
                    } catch (PatternSyntaxException e) {
                        return Optional.of(
                                "A role " + role.getKey() + " has an invalid 'AttributeConstraint': Failed to"
                                        + " construct regex from pattern '" + pattern + "': missing ): " + pattern);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Wrong with an id of anything. */
    static Optional<String> id(String id) {
        if (id.isEmpty()) {
            return Optional.of("ID must not be empty");
        }
        if (id.length() > 255) {
            return Optional.of("ID must not be greater than 255 characters");
        }
        if (id.equals(".") || id.equals("..")) {
            return Optional.of("'" + id + "' is disallowed");
        }
        boolean invalid = id.chars().anyMatch(c -> c < ' ' || c == '/' || c == '\\' || c == 0x7f);
        return invalid ? Optional.of("'" + id + "' contains invalid characters") : Optional.empty();
    }

    private static Optional<String> role(String role) {
        if (role.equals("*")) {
            return Optional.empty();
        }
        if (role.isEmpty()) {
            return Optional.of("Role names cannot be the empty string");
        }
        if (role.startsWith("/")) {
            return Optional.of("Role '" + role + "' cannot start with a slash");
        }
        if (role.endsWith("/")) {
            return Optional.of("Role '" + role + "' cannot end with a slash");
        }
        if (role.contains("//")) {
            return Optional.of("Role '" + role + "' cannot contain two adjacent slashes");
        }
        for (String part : role.split("/")) {
            if (part.equals(".") || part.equals("..") || part.equals("*")) {
                return Optional.of("Role '" + role + "' cannot include '" + part + "' as a component");
            }
            if (part.startsWith("-")) {
                return Optional.of("Role component '" + part + "' is invalid because it starts with a dash");
            }
            if (part.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
                return Optional.of(
                        "Role component '" + part + "' is invalid because it contains backspace or whitespace");
            }
        }
        return Optional.empty();
    }
}
