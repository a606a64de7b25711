package dev.slipway.web.setting;

import dev.slipway.platform.command.DomainCommands.DomainFacts;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The settings of an app.
 *
 * @param mayChangeDomains whether the person may add and remove them
 * @param mayDestroy whether the person may end the app
 */
@CheckedTemplate(basePath = "setting", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record SettingsPage(AppHead head, List<DomainFacts> domains, boolean mayChangeDomains, boolean mayDestroy)
        implements TemplateInstance {}
