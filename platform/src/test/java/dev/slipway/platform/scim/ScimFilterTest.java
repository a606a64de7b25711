package dev.slipway.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644, 3.4.2.2. */
class ScimFilterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode ADA = read("""
            {"id": "2819c223", "userName": "Ada@Example.com", "externalId": "x-1", "active": true, "logins": 12,
             "name": {"familyName": "Lovelace", "givenName": "Ada"}, "title": "",
             "emails": [{"type": "work", "value": "ada@example.com"}, {"type": "home", "value": "ada@lovelace.org"}],
             "meta": {"lastModified": "2026-03-02T09:00:00Z"}}""");

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName eq \"ada@example.com\"",
                "USERNAME EQ \"ADA@example.com\"",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"ada@example.com\"",
                "externalId eq \"x-1\"",
                "externalId ne \"X-1\"",
                "name.familyName co \"velac\"",
                "userName sw \"ada@\" and active eq true",
                "userName ew \".com\"",
                "logins gt 11 and logins ge 12 and logins lt 12.5 and logins le 12",
                "meta.lastModified gt \"2026-03-01T00:00:00Z\"",
                "active eq false or name.givenName eq \"ada\"",
                "not (active eq false)",
                "not (active eq false) and (logins lt 5 or logins gt 10)",
                "emails pr and not (title pr) and not (nickName pr)",
                "emails[type eq \"work\" and value co \"@example.com\"]",
                "emails.type eq \"home\"",
                "emails co \"lovelace.org\"",
                "nickName eq null"
            })
    void thesePickAda(String filter) {
        assertThat(ScimFilter.parse(filter).test(ADA)).as(filter).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "externalId eq \"X-1\"",
                "userName eq \"ada\"",
                "active eq \"true\"",
                "logins gt 12",
                "emails[type eq \"work\" and value co \"lovelace.org\"]",
                "nickName pr",
                "title pr",
                "emails.type ne \"home\"",
                "active eq true and (active eq false or logins lt 5)",
                "active eq false or active eq true and logins eq 13"
            })
    void theseDoNot(String filter) {
        assertThat(ScimFilter.parse(filter).test(ADA)).as(filter).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "userName",
                "userName eq",
                "userName is \"x\"",
                "userName eq x",
                "userName eq \"x",
                "(userName eq \"x\"",
                "userName eq \"x\")",
                "userName eq \"x\" and",
                "not userName eq \"x\"",
                "emails[type eq \"work\"",
                "userName eq \"x\" userName eq \"y\"",
                "1 eq 1",
                "and and and"
            })
    void whatIsNoFilterIsExplained(String filter) {
        assertThatThrownBy(() -> ScimFilter.parse(filter)).isInstanceOfSatisfying(ScimException.class, refused -> {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.type()).isEqualTo("invalidFilter");
            assertThat(refused.getMessage()).isNotBlank();
        });
    }

    @Test
    void anythingIsReadOrRefusedAndNothingRunsAway() {
        String[] parts = {
            "userName",
            "eq",
            "\"x\"",
            "(",
            ")",
            "[",
            "]",
            "and",
            "or",
            "not",
            "pr",
            "emails",
            ".",
            "\"",
            "\\",
            "1",
            "true",
            " "
        };
        Random random = new Random(11);
        for (int turn = 0; turn < 20_000; turn++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(12); part >= 0; part--) {
                text.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                ScimFilter.parse(text.toString()).test(ADA);
            } catch (ScimException refused) {
                assertThat(refused.type()).isIn("invalidFilter", "invalidPath");
            }
        }
        assertThatThrownBy(() -> ScimFilter.parse("(".repeat(900))).isInstanceOf(ScimException.class);
    }
}
