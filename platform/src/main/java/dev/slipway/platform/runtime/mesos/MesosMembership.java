package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.Membership;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.mesos.wire.MasterAddress;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.TenantName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The framework of a Mesos site, and the other frameworks of Slipways that its cluster keeps. */
final class MesosMembership implements Membership {
    /** The oldest version that has the quota limits and drains we use. */
    private static final int[] OLDEST = {1, 9};

    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:[.-].*)?");
    private static final Pattern FRAMEWORK = Pattern.compile("slipway-[0-9a-f]{8}-(.+)-\\d+");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    private final MesosSite site;
    private final MesosOperator operator;
    private final MesosLedger ledger;
    private final MesosScheduler scheduler;
    private final InstantSource clock;

    MesosMembership(
            MesosSite site, MesosOperator operator, MesosLedger ledger, MesosScheduler scheduler, InstantSource clock) {
        this.site = site;
        this.operator = operator;
        this.ledger = ledger;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T asking(String attempted, Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw new RuntimeUnavailableException(
                    attempted,
                    "the Mesos masters " + site.masters() + " of site " + site.name(),
                    String.valueOf(e.getMessage()),
                    e);
        }
    }

    @Override
    public String version() {
        String version = asking("ask for the version of", operator::version);
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("What answers at " + site.masters()
                    + " does not say which version of Apache Mesos it is, but \"" + version + "\"");
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        if (major != OLDEST[0] || minor < OLDEST[1]) {
            throw new IllegalArgumentException("The master at " + site.masters() + " is Apache Mesos " + version
                    + "; Slipway needs 1.9 or a newer 1.x, which can limit a role and drain an agent");
        }
        return "Apache Mesos " + version;
    }

    @Override
    public Optional<String> current() {
        return ledger.known().map(MesosLedger.Framework::id);
    }

    @Override
    public List<Registration> registrations() {
        return asking("list the frameworks of", () -> {
            Map<String, Integer> tasks = new HashMap<>();
            operator.tasks().forEach(task -> tasks.merge(task.framework(), 1, Integer::sum));
            return operator.frameworks().stream()
                    .filter(known -> known.name().equals(site.frameworkName()))
                    .map(known -> new Registration(
                            known.id(), siteOf(known.id()), known.connected(), tasks.getOrDefault(known.id(), 0)))
                    .toList();
        });
    }

    private static String siteOf(String frameworkId) {
        Matcher parts = FRAMEWORK.matcher(frameworkId);
        return parts.matches() ? parts.group(1) : "";
    }

    @Override
    public List<Found> found(String registration) {
        return asking("list the tasks of", () -> {
            Map<String, MesosOperator.Node> nodes = new HashMap<>();
            operator.nodes().forEach(node -> nodes.put(node.id(), node));
            return operator.tasks().stream()
                    .filter(task -> task.framework().equals(registration))
                    .map(task -> found(task, Optional.ofNullable(nodes.get(task.agentId()))))
                    .toList();
        });
    }

    private static Found found(MesosOperator.KnownTask task, Optional<MesosOperator.Node> node) {
        String port = task.labels().getOrDefault(TaskInfos.PORT, "0");
        return new Found(
                task.id(),
                origin(task),
                node.map(MesosOperator.Node::host).orElse(task.agentId()),
                task.agentId(),
                node.map(MesosOperator.Node::address).orElse(""),
                NUMBER.matcher(port).matches() ? Integer.parseInt(port) : 0);
    }

    private static Optional<Origin> origin(MesosOperator.KnownTask task) {
        Map<String, String> labels = task.labels();
        String index = labels.getOrDefault(TaskInfos.INDEX, "");
        if (!"instance".equals(labels.get(TaskInfos.KIND))
                || !NUMBER.matcher(index).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Origin(
                    TenantName.of(labels.getOrDefault(TaskInfos.TENANT, "")),
                    AppName.of(labels.getOrDefault(TaskInfos.APP, "")),
                    labels.getOrDefault(TaskInfos.PROCESS, ""),
                    Integer.parseInt(index),
                    labels.getOrDefault(TaskInfos.RELEASE, ""),
                    task.cpuMillis(),
                    task.memoryBytes()));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    @Override
    public int aside() {
        return ledger.aside();
    }

    @Override
    public void adopt(String registration, Collection<Found> kept, Collection<Found> aside, Collection<Found> ended) {
        List<MesosTask> rows = new ArrayList<>();
        kept.forEach(found -> rows.add(row(found, false, false)));
        aside.forEach(found -> rows.add(row(found, false, true)));
        ended.forEach(found -> rows.add(row(found, true, true)));
        ledger.adopt(registration, rows);
    }

    private MesosTask row(Found found, boolean killed, boolean dropped) {
        Optional<MasterAddress> agent = address(found.address());
        return new MesosTask(
                found.id(),
                found.origin().map(origin -> Demand.role(origin.tenant())).orElse(""),
                found.origin()
                        .map(origin -> origin.tenant() + "/" + origin.app() + "/" + origin.process())
                        .orElse(""),
                false,
                found.machine(),
                agent.map(MasterAddress::host).orElse(found.node()),
                agent.map(MasterAddress::port).orElse(0),
                found.port(),
                MesosTask.Phase.RUNNING,
                Optional.empty(),
                killed,
                dropped,
                "",
                clock.instant());
    }

    private static Optional<MasterAddress> address(String text) {
        try {
            return MasterAddress.list(text).stream().findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void renew() {
        scheduler.renew();
    }

    @Override
    public void retire() {
        teardown();
        scheduler.replace();
    }

    @Override
    public void leave() {
        held(() -> {
            teardown();
            ledger.forget();
        });
    }

    @Override
    public void forget() {
        held(ledger::forget);
    }

    /** Nobody makes a new framework while the old one is forgotten; afterwards the site is gone, or all is as it was. */
    private void held(Runnable work) {
        scheduler.hold(true);
        try {
            work.run();
            scheduler.renew();
        } catch (RuntimeException e) {
            scheduler.hold(false);
            throw e;
        }
    }

    private void teardown() {
        current()
                .ifPresent(id -> asking("tear framework " + id + " down at", () -> {
                    operator.teardown(id);
                    return id;
                }));
    }
}
