package dev.slipway.web.page;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.web.language.Language;
import dev.slipway.web.session.Notice;
import java.util.List;
import java.util.Optional;

/**
 * What is around every page.
 *
 * @param person who signed in
 * @param tenant the one this page belongs to
 * @param path of this page, to come back to after a change of language
 * @param formToken every form carries it
 * @param assets where style and script lie
 */
public record Frame(
        Language language,
        Optional<Principal.Person> person,
        Optional<String> tenant,
        String path,
        String formToken,
        Optional<Notice> notice,
        Assets assets) {

    /** The languages to choose from. */
    public List<Language> languages() {
        return List.of(Language.values());
    }
}
