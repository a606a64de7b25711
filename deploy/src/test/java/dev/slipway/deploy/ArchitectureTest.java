package dev.slipway.deploy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between modules and rooms, and the laws that hold in all of them, over the whole program. */
class ArchitectureTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/dev/slipway/deploy/"))
            .importPackages("dev.slipway");

    @ParameterizedTest
    @CsvSource({
        "tenancy,    registry buildpacks platform web",
        "registry,   tenancy buildpacks platform web",
        "buildpacks, tenancy platform web",
        "platform,   web",
        "web,        registry buildpacks"
    })
    void aModuleSeesOnlyWhatIsBelowIt(String module, String others) {
        String[] forbidden = Arrays.stream(others.split(" "))
                .map(name -> "dev.slipway." + name + "..")
                .toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage("dev.slipway." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden));
    }

    @ParameterizedTest
    @CsvSource({
        "org.eclipse.jgit..,             dev.slipway.platform.git..",
        "org.apache.sshd..,              dev.slipway.platform.ssh.. dev.slipway.platform.git.. dev.slipway.platform.verbs..",
        "com.github.dockerjava..,        dev.slipway.platform.runtime.docker..",
        "org.apache.mesos..,             dev.slipway.platform.runtime.mesos..",
        "org.apache.curator..,           dev.slipway.platform.runtime.mesos..",
        "io.netty..,                     dev.slipway.platform.proxy..",
        "picocli..,                      dev.slipway.platform.verbs..",
        "org.apache.commons.compress..,  dev.slipway.platform.database.. dev.slipway.platform.runtime.docker.. dev.slipway.buildpacks..",
        "io.quarkus.qute..,              dev.slipway.web..",
        "io.quarkus.oidc..,              dev.slipway.platform.issuer..",
        "org.jose4j..,                   dev.slipway.platform.issuer..",
        "jakarta.ws.rs..,                dev.slipway.platform.api.. dev.slipway.registry.http.. dev.slipway.web.."
    })
    void aLibraryStaysInItsRoom(String library, String rooms) {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(rooms.split(" "))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("dev.slipway.(**)").should().beFreeOfCycles());
    }

    @Test
    void nobodyNamesTheAdapterOfARuntime() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.slipway.platform.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.slipway.platform.runtime.docker..", "dev.slipway.platform.runtime.mesos.."));
    }

    @Test
    void onlyTheLoopRoomReadsTheClockSleepsOrMakesThreads() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.slipway.platform.loop..")
                .should()
                .accessTargetWhere(readsTheClockSleepsOrMakesAThread()));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClockSleepsOrMakesAThread() {
        return DescribedPredicate.describe("reads the clock, sleeps or makes a thread", access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getName();
            boolean noArguments = access.getTarget().getFullName().endsWith("()");
            return (resideInAPackage("java.time..").test(owner) && name.equals("now") && noArguments)
                    || (owner.isEquivalentTo(java.time.Clock.class) && name.startsWith("system"))
                    || (owner.isEquivalentTo(java.time.InstantSource.class) && name.equals("system"))
                    || (owner.isEquivalentTo(System.class)
                            && Set.of("currentTimeMillis", "nanoTime").contains(name))
                    || (owner.isEquivalentTo(java.util.Date.class) && name.equals("<init>") && noArguments)
                    || (owner.isAssignableTo(Thread.class) && makesThreadOrSleeps(name))
                    || (owner.isEquivalentTo(java.util.concurrent.locks.LockSupport.class) && name.startsWith("park"))
                    || owner.isEquivalentTo(java.util.concurrent.Executors.class)
                    || (owner.isAssignableTo(java.util.Timer.class) && name.equals("<init>"))
                    || (owner.isAssignableTo(java.util.concurrent.ThreadPoolExecutor.class) && name.equals("<init>"));
        });
    }

    private static boolean makesThreadOrSleeps(String name) {
        return Set.of("<init>", "sleep", "ofVirtual", "ofPlatform", "startVirtualThread")
                .contains(name);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = PROGRAM.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(room -> room.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked)
                .as("packages without @NullMarked in package-info.java")
                .isEmpty();
    }

    @Test
    void noDrawers() {
        check(noClasses()
                .that(resideInAnyPackage("dev.slipway.."))
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..helper..",
                        "..misc..",
                        "..shared..",
                        "..impl..",
                        "..manager..",
                        "..dto..",
                        "..model.."));
    }

    @Test
    void noNamesThatSayNothing() {
        check(classes()
                .that()
                .areTopLevelClasses()
                .should()
                .haveNameNotMatching(".*\\.[A-Za-z0-9]*(Manager|Helper|Util|Utils|Impl|Dto|DTO)$"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PROGRAM);
    }
}
