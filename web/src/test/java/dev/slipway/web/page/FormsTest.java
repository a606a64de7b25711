package dev.slipway.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the templates must all keep to, so that the security headers can be strict. */
class FormsTest {
    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Pattern FORM = Pattern.compile("<form method=\"post\".*?</form>", Pattern.DOTALL);

    @Test
    void everyFormThatChangesSomethingCarriesTheToken() throws IOException {
        int seen = 0;
        for (Path template : templates()) {
            Matcher forms = FORM.matcher(Files.readString(template));
            while (forms.find()) {
                seen++;
                assertThat(forms.group())
                        .as(template.toString())
                        .containsPattern("name=\"token\" value=\"\\{(head\\.)?frame\\.formToken}\"");
            }
        }
        assertThat(seen).isGreaterThan(15);
    }

    @Test
    void noInlineScriptStyleOrHandler() throws IOException {
        for (Path template : templates()) {
            assertThat(Files.readString(template))
                    .as(template.toString())
                    .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|<script(?! src=)|javascript:");
        }
    }

    @Test
    void nothingIsWrittenUnescaped() throws IOException {
        for (Path template : templates()) {
            assertThat(Files.readString(template))
                    .as(template.toString())
                    .doesNotContain(".raw")
                    .doesNotContain(".safe");
        }
    }

    private static List<Path> templates() throws IOException {
        try (Stream<Path> tree = Files.walk(TEMPLATES)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }
}
