package dev.slipway.tenancy.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameLawTest {
    /** The law as product.md writes it, but for the trailing hyphen. */
    private static final Pattern LAW = Pattern.compile("[a-z]([a-z0-9]|-(?!-)){0,29}");

    private static final String[] PIECES = {
        "a", "z", "shop", "0", "9", "-", "--", "A", "_", ".", "/", "..", "é", "\0", "\n", " ", "😀", "١"
    };

    @Test
    void theParserAgreesWithTheLawOnHundredThousandTexts() {
        Random random = new Random(20260101);
        int accepted = 0;
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder();
            int pieces = random.nextInt(12);
            // Most pieces are lawful, so that both answers are common.
            for (int at = 0; at < pieces; at++) {
                text.append(PIECES[random.nextInt(random.nextInt(8) == 0 ? PIECES.length : 6)]);
            }
            String name = text.toString();
            boolean lawful = LAW.matcher(name).matches() && !name.endsWith("-");
            assertThat(accepts(name)).as("name=%s", name).isEqualTo(lawful);
            accepted += lawful ? 1 : 0;
        }
        assertThat(accepted).isBetween(20_000, 80_000);
    }

    @Test
    void whatIsAcceptedIsKeptAsItIs() {
        assertThat(TenantName.parse("a-1-b").toString()).isEqualTo("a-1-b");
        assertThat(AppRef.parse("acme/shop")).isEqualTo(new AppRef(TenantName.of("acme"), AppName.of("shop")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|\"\" cannot be an app name: it is empty.",
                "1shop|\"1shop\" cannot be an app name: it must start with a small letter.",
                "Shop|\"Shop\" cannot be an app name: it must start with a small letter.",
                "sHop|\"sHop\" cannot be an app name: only small letters, digits and hyphens may be in it.",
                "../x|\"../x\" cannot be an app name: it must start with a small letter.",
                "a--b|\"a--b\" cannot be an app name: two hyphens may not follow each other.",
                "a-|\"a-\" cannot be an app name: it may not end with a hyphen.",
                "abcdefghijklmnopqrstuvwxyzabcde|\"abcdefghijklmnopqrstuvwxyzabcde\" cannot be an app name: it has 31 characters and the longest is 30."
            })
    void aRefusalSaysWhichRuleIsBroken(String text, String sentence) {
        assertThatThrownBy(() -> AppName.parse(text))
                .isInstanceOf(InvalidNameException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({"acme", "acme/", "/shop", "a/b/c", "acme/../x", "acme//shop"})
    void aReferenceIsTenantSlashApp(String text) {
        assertThatThrownBy(() -> AppRef.parse(text)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void aRefusalIsSafeToPrint() {
        assertThatThrownBy(() -> AppName.parse("\u001b[31mred\u202e"))
                .hasMessage("\"?[31mred?\" cannot be an app name: it must start with a small letter.");
    }

    @ParameterizedTest
    @CsvSource({"0", "1-1-1-1-1", "not-a-uuid", "0000000-00000-0000-0000-000000000000"})
    void anIdIsAWholeUuid(String text) {
        assertThatThrownBy(() -> AppId.parse(text)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void personNamesFoldCapitals() {
        assertThat(PersonName.parse("Ada@Example.org").value()).isEqualTo("ada@example.org");
        assertThatThrownBy(() -> PersonName.parse("ada lovelace")).isInstanceOf(InvalidNameException.class);
    }

    private static boolean accepts(String text) {
        try {
            return AppName.parse(text).value().equals(text);
        } catch (InvalidNameException e) {
            return false;
        }
    }
}
