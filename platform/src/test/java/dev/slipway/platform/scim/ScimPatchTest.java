package dev.slipway.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644, 3.5.2, and what providers make of it. */
class ScimPatchTest {
    private static final String USER = """
            {"userName": "ada", "active": true, "name": {"givenName": "Ada"},
             "emails": [{"type": "work", "value": "a@w"}, {"type": "home", "value": "a@h"}]}""";
    private static final String GROUP =
            "{\"displayName\": \"g\", \"members\": [{\"value\": \"1\"}, {\"value\": \"2\"}]}";

    private static ObjectNode patched(String resource, String operations) {
        return ScimPatch.apply(
                (ObjectNode) ScimFilterTest.read(resource),
                ScimFilterTest.read("{\"Operations\": [" + operations + "]}"),
                Set.of("emails", "members"));
    }

    private static JsonNode json(String text) {
        return ScimFilterTest.read(text.replace('\'', '"'));
    }

    @Test
    void attributesAreReplacedAddedAndRemoved() {
        assertThat(patched(USER, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}")
                        .get("active"))
                .isEqualTo(json("false"));
        ObjectNode whole =
                patched(USER, "{\"op\":\"Replace\",\"value\":{\"active\":\"False\",\"name.familyName\":\"L\"}}");
        assertThat(whole.get("active").asText()).isEqualTo("False");
        assertThat(whole.get("name")).isEqualTo(json("{'givenName':'Ada','familyName':'L'}"));
        assertThat(patched(USER, "{\"op\":\"add\",\"path\":\"name\",\"value\":{\"familyName\":\"L\"}}")
                        .get("name"))
                .isEqualTo(json("{'givenName':'Ada','familyName':'L'}"));
        assertThat(patched(USER, "{\"op\":\"remove\",\"path\":\"name.givenName\"}")
                        .get("name"))
                .isEqualTo(json("{}"));
        assertThat(patched(USER, "{\"op\":\"remove\",\"path\":\"NAME\"}").has("name"))
                .isFalse();
    }

    @Test
    void oneOfSeveralValuesIsChosenByAFilter() {
        assertThat(patched(
                                USER,
                                "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"b@w\"}")
                        .at("/emails/0/value")
                        .asText())
                .isEqualTo("b@w");
        assertThat(patched(USER, "{\"op\":\"remove\",\"path\":\"emails[type eq \\\"work\\\"]\"}")
                        .get("emails"))
                .isEqualTo(json("[{'type':'home','value':'a@h'}]"));
    }

    @Test
    void membersComeAndGoOnce() {
        String add = "{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\"2\"},{\"value\":\"3\"}]}";
        assertThat(patched(GROUP, add + "," + add).get("members"))
                .isEqualTo(json("[{'value':'1'},{'value':'2'},{'value':'3'}]"));
        assertThat(patched(GROUP, "{\"op\":\"remove\",\"path\":\"members[value eq \\\"1\\\"]\"}")
                        .get("members"))
                .isEqualTo(json("[{'value':'2'}]"));
        assertThat(patched(GROUP, "{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"value\":\"1\"}]}")
                        .get("members"))
                .isEqualTo(json("[{'value':'2'}]"));
        assertThat(patched(GROUP, "{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\"9\"}]}")
                        .get("members"))
                .isEqualTo(json("[{'value':'9'}]"));
        assertThat(patched(GROUP, "{\"op\":\"remove\",\"path\":\"members\"}").has("members"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'move','path':'active','value':true}|invalidSyntax",
                "{'op':'remove'}|noTarget",
                "{'op':'replace','path':'active'}|invalidValue",
                "{'op':'replace','value':'x'}|invalidValue",
                "{'op':'replace','path':'id','value':'x'}|mutability",
                "{'op':'add','path':'a b','value':'x'}|invalidPath",
                "{'op':'replace','path':'emails[type eq \\\"other\\\"].value','value':'x'}|noTarget"
            })
    void whatCannotBeIsRefusedByItsKeyword(String operation, String type) {
        assertThatThrownBy(() -> patched(USER, operation.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        ScimException.class,
                        refused -> assertThat(refused.type()).isEqualTo(type));
    }

    @Test
    void aPatchThatIsRefusedChangesNothing() {
        ObjectNode before = (ObjectNode) ScimFilterTest.read(USER);
        assertThatThrownBy(() -> ScimPatch.apply(
                        before,
                        ScimFilterTest.read("{\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":false},"
                                + "{\"op\":\"remove\"}]}"),
                        Set.of()))
                .isInstanceOf(ScimException.class);
        assertThat(before).isEqualTo(ScimFilterTest.read(USER));
    }
}
