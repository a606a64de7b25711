package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An operator finds every setting in one table. */
class SettingsTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.slipway");

    @Test
    void everySettingIsInTheTable() throws IOException {
        String table = Files.readString(Path.of("README.md"));
        Set<String> missing = new TreeSet<>();
        for (JavaClass room : PROGRAM) {
            if (room.isAnnotatedWith(ConfigMapping.class)) {
                String prefix = room.getAnnotationOfType(ConfigMapping.class).prefix();
                for (JavaMethod setting : room.getMethods()) {
                    String key = prefix + "." + name(setting);
                    if (!table.contains("| `" + key)) {
                        missing.add(key);
                    }
                }
            }
        }
        assertThat(missing).as("settings that deploy/README.md does not name").isEmpty();
    }

    private static String name(JavaMethod setting) {
        return setting.isAnnotatedWith(WithName.class)
                ? setting.getAnnotationOfType(WithName.class).value()
                : setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
