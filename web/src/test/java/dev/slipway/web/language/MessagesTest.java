package dev.slipway.web.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each sentence is there in each language, and tells what it was given. */
class MessagesTest {
    /** The bundles by the beginning of their files' names. */
    private static final Map<String, Class<?>> BUNDLES = Map.of(
            "m",
            Messages.class,
            "usage",
            UsageMessages.class,
            "config",
            ConfigMessages.class,
            "account",
            AccountMessages.class,
            "role",
            RoleMessages.class,
            "hook",
            WebhookMessages.class,
            "operator",
            OperatorMessages.class,
            "drill",
            DrillMessages.class);

    @TestFactory
    Stream<DynamicTest> everyLanguageHasEveryKeyAndNoOther() {
        return each((bundle, texts) -> {
            assertThat(texts.stringPropertyNames())
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(bundle.getDeclaredMethods())
                            .map(Method::getName)
                            .toList());
            assertThat(texts.values())
                    .allSatisfy(text -> assertThat((String) text).isNotBlank());
        });
    }

    @TestFactory
    Stream<DynamicTest> everySentenceTellsWhatItWasGiven() {
        return each((bundle, texts) -> {
            for (Method method : bundle.getDeclaredMethods()) {
                for (Parameter parameter : method.getParameters()) {
                    assertThat(texts.getProperty(method.getName()))
                            .as(method.getName())
                            .contains(parameter.getName());
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> chineseIsChinese() {
        return BUNDLES.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Properties english = texts(name, Language.ENGLISH);
                    Properties chinese = texts(name, Language.CHINESE);
                    assertThat(chinese.stringPropertyNames())
                            .allSatisfy(key -> assertThat(chinese.getProperty(key))
                                    .as(key)
                                    .isNotEqualTo(english.getProperty(key))
                                    .matches("(?s).*\\p{IsHan}.*"));
                }));
    }

    @Test
    void noBundleIsForgotten() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/messages"))) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("_.*", "")))
                    .containsOnly(BUNDLES.keySet().toArray(String[]::new));
        }
    }

    private static Stream<DynamicTest> each(BiConsumer<Class<?>, Properties> test) {
        return BUNDLES.entrySet().stream()
                .flatMap(bundle -> Arrays.stream(Language.values())
                        .map(language -> DynamicTest.dynamicTest(
                                bundle.getKey() + "_" + language.code(),
                                () -> test.accept(bundle.getValue(), texts(bundle.getKey(), language)))));
    }

    private static Properties texts(String bundle, Language language) throws IOException {
        try (InputStream file =
                MessagesTest.class.getResourceAsStream("/messages/" + bundle + "_" + language.code() + ".properties")) {
            Properties texts = new Properties();
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return texts;
        }
    }
}
