package dev.slipway.platform.command;

import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditOutcome;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.tenant.RoleGrants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table in the test resources of who gets through which door: {@code yes}, {@code no} (403) or {@code hidden} (as if it
 * were not there). What somebody was refused is known by the audit, since every denied attempt is in it.
 */
@ApplicationScoped
public class AccessTable {
    /** Those who try, in the order of the columns. */
    public static final List<String> ROLES = List.of("operator", "owner", "developer", "viewer", "guest", "stranger");

    @Inject
    TrialWorld world;

    @Inject
    AuditLog audit;

    @Inject
    Apps apps;

    @Inject
    RoleGrants grants;

    /** One of each in a tenant. */
    public Map<String, Someone> everybody(TenantName tenant) {
        Map<String, Someone> all = new LinkedHashMap<>();
        all.put("operator", world.someone(true));
        all.put("owner", world.member(tenant, Role.OWNER));
        all.put("developer", world.member(tenant, Role.DEVELOPER));
        all.put("viewer", world.member(tenant, Role.VIEWER));
        all.put("guest", world.someone(false));
        all.put("stranger", world.someone(false));
        return all;
    }

    /** Makes the guest a developer of the app {@code shop} and of nothing else; again after the app was made anew. */
    public void letIn(TenantName tenant, Someone guest) {
        AppRef shop = AppRef.of(tenant + "/shop");
        if (apps.find(shop).isPresent()) {
            grants.give(TrialWorld.PLATFORM, shop, guest.name(), Role.DEVELOPER.text());
        }
    }

    /** The newest denial of somebody; zero if there is none. */
    public long denials(Someone someone) {
        return audit
                .search(AuditQuery.newest(200)
                        .withActor(someone.principal().label())
                        .withAction("access."))
                .entries()
                .stream()
                .filter(entry -> entry.outcome() == AuditOutcome.DENIED)
                .mapToLong(AuditRecord::seq)
                .max()
                .orElse(0);
    }

    /** Compares what was found with the table, and leaves what was found in {@code target} to be looked at. */
    public static void check(String name, SortedMap<String, List<String>> found) {
        int widest = found.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text =
                new StringBuilder("# ").append(String.join(" ", ROLES)).append('\n');
        found.forEach((door, answers) -> text.append(door)
                .append(" ".repeat(widest - door.length()))
                .append(answers.stream()
                        .map("  %-6s"::formatted)
                        .collect(Collectors.joining())
                        .stripTrailing())
                .append('\n'));
        Path table = Path.of("src/test/resources/access/" + name);
        try {
            Path seen = Files.createDirectories(Path.of("target/access")).resolve(name);
            Files.writeString(seen, text);
            String wanted = Files.exists(table) ? Files.readString(table, StandardCharsets.UTF_8) : "";
            if (!rows(wanted).equals(rows(text.toString()))) {
                SortedMap<String, String> differ = new TreeMap<>(rows(text.toString()));
                rows(wanted).forEach((door, row) -> {
                    if (row.equals(differ.get(door))) {
                        differ.remove(door);
                    } else {
                        differ.merge(door, row, (is, was) -> is + "   (the table says: " + was + ")");
                    }
                });
                throw new AssertionError("Doors that are not as " + table + " says; all that was found is in "
                        + seen.toAbsolutePath() + ":\n"
                        + differ.entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining("\n")));
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** By door: the answers. A door is all but the last columns. */
    private static SortedMap<String, String> rows(String text) {
        SortedMap<String, String> rows = new TreeMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] words = line.trim().split("\\s+");
            int door = words.length - ROLES.size();
            rows.put(
                    String.join(" ", List.of(words).subList(0, door)),
                    String.join(" ", List.of(words).subList(door, words.length)));
        });
        return rows;
    }
}
