package dev.slipway.platform.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.tenancy.group.Claims;
import dev.slipway.tenancy.group.GroupRules;
import dev.slipway.tenancy.tenant.CompanyIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;

/** What a provider says of a person: by claims, and by groups that it wrote here. */
@ApplicationScoped
class Vouching {
    private final ProvidedGroups provided;

    Vouching(ProvidedGroups provided) {
        this.provided = provided;
    }

    CompanyIdentity identity(Issuer issuer, JsonNode claims) {
        String address = claims.path("iss").asText();
        String subject = claims.path("sub").asText();
        return new CompanyIdentity(
                address,
                subject,
                claims.path(issuer.settings().nameClaim()).asText(""),
                held(
                        issuer,
                        address,
                        subject,
                        VerifiedTokens.claims(claims, issuer.settings().groupsClaim())));
    }

    GroupRules.Held held(Issuer issuer, String address, String subject, Claims claims) {
        if (issuer.settings().scimToken().isEmpty()) {
            return issuer.rules().held(claims);
        }
        Set<String> groups = new HashSet<>(claims.groups());
        groups.addAll(provided.of(address, subject));
        return issuer.rules().held(new Claims(groups, claims.values()));
    }
}
