package dev.slipway.web.door;

import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * The form to sign in with.
 *
 * @param name as it was typed before
 * @param next where to go then
 * @param refusal why the last attempt failed
 * @param ways the identity providers to sign in with instead
 */
@CheckedTemplate(basePath = "door", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record SignInPage(Frame frame, String name, String next, Optional<String> refusal, List<SignInWay> ways)
        implements TemplateInstance {}
