package dev.slipway.web.release;

import dev.slipway.platform.command.ReleaseDifference;
import dev.slipway.platform.command.ReleaseFacts;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** One release, and what it has that the one before had not. */
@CheckedTemplate(basePath = "release", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record ReleasePage(AppHead head, ReleaseFacts release, Optional<ReleaseDifference> difference)
        implements TemplateInstance {}
