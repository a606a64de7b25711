package dev.slipway.web.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each sentence is there in each language, and tells what it was given. */
class MessagesTest {
    @TestFactory
    Stream<DynamicTest> everyLanguageHasEveryKeyAndNoOther() {
        return Arrays.stream(Language.values())
                .map(language -> DynamicTest.dynamicTest(language.code(), () -> {
                    Properties texts = texts(language);
                    assertThat(texts.stringPropertyNames())
                            .containsExactlyInAnyOrderElementsOf(Arrays.stream(Messages.class.getDeclaredMethods())
                                    .map(Method::getName)
                                    .toList());
                    assertThat(texts.values())
                            .allSatisfy(text -> assertThat((String) text).isNotBlank());
                }));
    }

    @TestFactory
    Stream<DynamicTest> everySentenceTellsWhatItWasGiven() {
        return Arrays.stream(Language.values())
                .map(language -> DynamicTest.dynamicTest(language.code(), () -> {
                    Properties texts = texts(language);
                    for (Method method : Messages.class.getDeclaredMethods()) {
                        for (Parameter parameter : method.getParameters()) {
                            assertThat(texts.getProperty(method.getName()))
                                    .as(method.getName())
                                    .contains(parameter.getName());
                        }
                    }
                }));
    }

    @Test
    void chineseIsChinese() throws IOException {
        Properties english = texts(Language.ENGLISH);
        Properties chinese = texts(Language.CHINESE);
        assertThat(chinese.stringPropertyNames())
                .allSatisfy(key -> assertThat(chinese.getProperty(key))
                        .as(key)
                        .isNotEqualTo(english.getProperty(key))
                        .matches("(?s).*\\p{IsHan}.*"));
    }

    private static Properties texts(Language language) throws IOException {
        try (InputStream file =
                MessagesTest.class.getResourceAsStream("/messages/m_" + language.code() + ".properties")) {
            Properties texts = new Properties();
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return texts;
        }
    }
}
