package dev.slipway.web.audit;

import dev.slipway.platform.command.Page;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A tenant's audit, newest first.
 *
 * @param actor whose acts are shown; empty for everybody's
 * @param action which acts are shown, a whole name or its beginning up to a dot; empty for all
 * @param older the address of the entries before these
 */
@CheckedTemplate(basePath = "audit", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record AuditPage(
        Frame frame, String tenant, String actor, String action, List<AuditRecord> entries, Optional<String> older)
        implements TemplateInstance {
    static AuditPage of(Frame frame, TenantName tenant, String actor, String action, Page<AuditRecord> page) {
        return new AuditPage(
                frame,
                tenant.value(),
                actor,
                action,
                page.items(),
                page.next()
                        .map(before -> "/t/" + tenant + "/audit?actor=" + encoded(actor) + "&action=" + encoded(action)
                                + "&before=" + before));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
