package dev.slipway.platform.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.AvailabilityCommands;
import dev.slipway.platform.command.AvailabilityCommands.AvailabilityFacts;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.release.HealthChecks;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.store.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looks at a real app while it serves, while it does not, and while nobody wants it to. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class AvailabilityTest {
    private static final int NUMBER = TrialWorld.releasable();
    private static final AppRef SHOP = AppRef.of(TrialWorld.shop(NUMBER));

    @Inject
    TrialWorld world;

    @Inject
    AvailabilityLoop loop;

    @Inject
    Availability availability;

    @Inject
    AvailabilityCommands commands;

    @Inject
    AppCommands appCommands;

    @Inject
    ProcessCommands processes;

    @Inject
    Instances instances;

    @Inject
    Apps apps;

    @Inject
    AppSettingsStore settings;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Test
    void aMonthIsTheSumOfWhatWasSeenAndStoppedAppsAreNotSeen() {
        Someone ada = world.member(world.releasableTenant(NUMBER), Role.OWNER);
        appCommands.create(ada.principal(), SHOP);
        AppId app = apps.find(SHOP).orElseThrow().id();
        loop.look();
        assertThat(commands.app(ada.principal(), SHOP))
                .as("without a release nothing is promised")
                .isEmpty();

        processes.scale(ada.principal(), SHOP, Map.of("web", 1));
        world.release(
                SHOP,
                List.of(new ProcessType("web", TrialWorld.WORKER)),
                Map.of("web", HealthChecks.of(new Check.Running(Duration.ofMillis(300), Duration.ofSeconds(30)))));
        TrialWorld.until(
                "it serves",
                () -> settings.find(app).orElseThrow().liveRelease().isPresent()
                        && instances.unended(app).stream()
                                .anyMatch(instance -> instance.state() instanceof InstanceState.Healthy));
        for (int i = 0; i < 3; i++) {
            loop.look();
        }
        QuarkusTransaction.requiringNew()
                .run(() -> instances
                        .unended(app)
                        .forEach(instance -> instances.move(
                                instance.id(),
                                state -> state instanceof InstanceState.Live live
                                        ? Optional.of(live.fail("gone"))
                                        : Optional.empty())));
        loop.look();
        AvailabilityFacts month = commands.app(ada.principal(), SHOP).getFirst();
        assertThat(month.month())
                .isEqualTo(YearMonth.now(clock.withZone(ZoneOffset.UTC)).toString());
        assertThat(month.looks()).isEqualTo(4);
        assertThat(month.bad()).isEqualTo(1);
        assertThat(month.percent().orElseThrow()).isEqualByComparingTo("75");
        assertThat(month.met()).contains(false);

        processes.scale(ada.principal(), SHOP, Map.of("web", 0));
        loop.look();
        assertThat(commands.app(ada.principal(), SHOP).getFirst().looks()).isEqualTo(4);

        sql.update(
                "insert into availability_day (scope, subject, day, looks, good) values ('APP', ?, '2020-01-31', 5, 5)",
                app.value().toString());
        assertThat(commands.app(ada.principal(), SHOP))
                .as("the old is not shown")
                .hasSize(1);
        availability.tidy();
        assertThat(sql.query(
                        "select day from availability_day where subject = ? and day < '2021-01-01'",
                        row -> row.text("day"),
                        app.value().toString()))
                .as("and forgotten")
                .isEmpty();
    }

    @Test
    void aSiteIsWellWhileItAnswers() {
        Someone operator = world.someone(true);
        loop.look();
        AvailabilityFacts month = commands.site(operator.principal(), "local").getFirst();
        assertThat(month.looks()).isPositive();
        assertThat(month.target()).isEqualByComparingTo("99.9");
    }
}
