package dev.slipway.web.account;

import dev.slipway.platform.command.AccountCommands.Identity;
import dev.slipway.platform.command.AccountCommands.KeyFacts;
import dev.slipway.platform.command.AccountCommands.TokenFacts;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * Keys and tokens of the person who signed in.
 *
 * @param issued the text of a token made just now, which no page shows again
 */
@CheckedTemplate(basePath = "account", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record AccountPage(
        Frame frame, Identity identity, List<KeyFacts> keys, List<TokenFacts> tokens, Optional<String> issued)
        implements TemplateInstance {}
