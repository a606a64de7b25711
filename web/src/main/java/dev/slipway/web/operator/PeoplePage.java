package dev.slipway.web.operator;

import dev.slipway.platform.command.PeopleCommands.PersonFacts;
import dev.slipway.platform.command.PeopleCommands.WithPassword;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * Everybody who has an account.
 *
 * @param made whose password was made just now, which no page shows again
 */
@CheckedTemplate(basePath = "operator", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record PeoplePage(Frame frame, List<PersonFacts> people, Optional<WithPassword> made) implements TemplateInstance {}
