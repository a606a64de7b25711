package dev.slipway.platform.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.platform.issuer.ProvidedGroups;
import dev.slipway.platform.issuer.Provider;
import dev.slipway.tenancy.group.Claims;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import dev.slipway.tenancy.tenant.CompanyAccounts;
import dev.slipway.tenancy.tenant.CompanyIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What identity providers wrote here: their users and groups as they sent them. Each change brings the accounts and roles of the
 * people it is about in step, in the same transaction.
 */
@ApplicationScoped
public class ScimDirectory implements ProvidedGroups {
    /** The most resources one answer lists. */
    public static final int MOST = 200;

    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final Set<String> SEVERAL = Set.of(
            "emails",
            "phonenumbers",
            "ims",
            "photos",
            "addresses",
            "entitlements",
            "roles",
            "x509certificates",
            "members");
    private static final Pattern DEEP = Pattern.compile("(?i)\\b(?:members|groups)\\b");
    private static final Pattern EQUAL =
            Pattern.compile("(?i)\\s*(userName|externalId|displayName)\\s+eq\\s+\"([^\"\\\\]{1,300})\"\\s*");

    private final Sql sql;
    private final ObjectMapper json;
    private final CompanyAccounts accounts;
    private final InstantSource clock;

    ScimDirectory(Sql sql, ObjectMapper json, CompanyAccounts accounts, InstantSource clock) {
        this.sql = sql;
        this.json = json;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** The two kinds of resources. */
    public enum Kind {
        USER("Users", "userName", ScimDirectory.USER),
        GROUP("Groups", "displayName", ScimDirectory.GROUP);

        private final String path;
        private final String name;
        private final String schema;

        Kind(String path, String name, String schema) {
            this.path = path;
            this.name = name;
            this.schema = schema;
        }

        /** {@code User} or {@code Group}. */
        public String title() {
            return schema.substring(schema.lastIndexOf(':') + 1);
        }

        public String path() {
            return path;
        }

        /** The attribute that names one: {@code userName} or {@code displayName}. */
        String attribute() {
            return name;
        }

        public String schema() {
            return schema;
        }
    }

    /** A part of a list. */
    public record Listed(long total, List<ObjectNode> resources) {}

    private record Stored(UUID id, ObjectNode resource, Instant createdAt, Instant changedAt) {}

    /**
     * Lists resources.
     *
     * @param filter as RFC 7644, 3.4.2.2 has it
     * @param begin the first to list, from 1 on
     */
    @Transactional
    public Listed list(Provider provider, Kind kind, Optional<String> filter, int begin, int count) {
        Predicate<JsonNode> wanted = filter.map(ScimFilter::parse).orElse(resource -> true);
        boolean deep = filter.filter(text -> DEEP.matcher(text).find()).isPresent();
        List<Stored> all = candidates(provider, kind, filter).stream()
                .filter(stored -> wanted.test(deep ? shown(kind, stored) : bare(kind, stored)))
                .toList();
        int from = Math.min(Math.max(begin, 1) - 1, all.size());
        int to = (int) Math.min(all.size(), from + (long) Math.min(Math.max(count, 0), MOST));
        return new Listed(
                all.size(),
                all.subList(from, to).stream()
                        .map(stored -> shown(kind, stored))
                        .toList());
    }

    /** @throws ScimException 404 */
    @Transactional
    public ObjectNode get(Provider provider, Kind kind, String id) {
        return shown(kind, find(provider, kind, id));
    }

    /** @throws ScimException 409 when another has the name */
    @Transactional
    public ObjectNode create(Provider provider, Kind kind, JsonNode body) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ObjectNode resource = ScimForm.checked(kind, body, json);
        refuseTaken(provider, kind, resource, id);
        sql.update(
                "insert into scim_resource (id, issuer, kind, name, external_id, resource, created_at, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?::jsonb, ?, ?)",
                id,
                provider.address(),
                kind.name(),
                ScimForm.name(kind, resource),
                ScimForm.external(resource).orElse(null),
                text(ScimForm.stripped(resource)),
                now,
                now);
        follow(provider, kind, id, Optional.empty(), resource);
        return get(provider, kind, id.toString());
    }

    @Transactional
    public ObjectNode replace(Provider provider, Kind kind, String id, JsonNode body) {
        Stored before = find(provider, kind, id);
        return change(provider, kind, before, ScimForm.checked(kind, body, json));
    }

    /** Changes a resource by the operations of RFC 7644, 3.5.2. */
    @Transactional
    public ObjectNode patch(Provider provider, Kind kind, String id, JsonNode operations) {
        Stored before = find(provider, kind, id);
        return change(
                provider,
                kind,
                before,
                ScimForm.checked(kind, ScimPatch.apply(whole(kind, before), operations, SEVERAL), json));
    }

    /** Removes a resource: a user loses all that came from the provider, the members of a group what it gave. */
    @Transactional
    public void remove(Provider provider, Kind kind, String id) {
        Stored before = find(provider, kind, id);
        Set<UUID> touched = kind == Kind.GROUP ? members(before.id()) : Set.of();
        sql.update("delete from scim_resource where id = ?", before.id());
        if (kind == Kind.USER) {
            accounts.gone(provider.address(), ScimForm.subject(before.resource()));
        } else {
            touched.forEach(user -> keep(provider, user));
        }
    }

    /** The names of the groups that a provider wrote somebody into. */
    @Override
    @Transactional
    public Set<String> of(String address, String subject) {
        return Set.copyOf(sql.query(
                "select g.name from scim_resource u join scim_member m on m.user_id = u.id"
                        + " join scim_resource g on g.id = m.group_id"
                        + " where u.issuer = ? and u.kind = 'USER' and coalesce(u.external_id, u.name) = ?",
                row -> row.text("name"),
                address,
                subject));
    }

    private ObjectNode change(Provider provider, Kind kind, Stored before, ObjectNode after) {
        refuseTaken(provider, kind, after, before.id());
        if (kind == Kind.USER && !ScimForm.subject(before.resource()).equals(ScimForm.subject(after))) {
            accounts.gone(provider.address(), ScimForm.subject(before.resource()));
        }
        sql.update(
                "update scim_resource set name = ?, external_id = ?, resource = ?::jsonb, changed_at = ? where id = ?",
                ScimForm.name(kind, after),
                ScimForm.external(after).orElse(null),
                text(ScimForm.stripped(after)),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                before.id());
        follow(provider, kind, before.id(), Optional.of(before), after);
        return get(provider, kind, before.id().toString());
    }

    /** Brings in step what hangs on a resource. */
    private void follow(Provider provider, Kind kind, UUID id, Optional<Stored> before, ObjectNode after) {
        if (kind == Kind.USER) {
            keep(provider, id);
            return;
        }
        Set<UUID> had = before.isPresent() ? members(id) : Set.of();
        Set<UUID> has = wanted(provider, after);
        had.stream()
                .filter(user -> !has.contains(user))
                .forEach(user -> sql.update("delete from scim_member where group_id = ? and user_id = ?", id, user));
        has.stream()
                .filter(user -> !had.contains(user))
                .forEach(user -> sql.update("insert into scim_member (group_id, user_id) values (?, ?)", id, user));
        boolean renamed = before.filter(
                        some -> !ScimForm.name(kind, some.resource()).equals(ScimForm.name(kind, after)))
                .isPresent();
        Set<UUID> touched = new HashSet<>(had);
        touched.addAll(has);
        if (!renamed) {
            touched.removeIf(user -> had.contains(user) && has.contains(user));
        }
        touched.forEach(user -> keep(provider, user));
    }

    /** The account and the roles of one user. */
    private void keep(Provider provider, UUID user) {
        sql.first(
                        "select id, resource::text as resource, created_at, changed_at from scim_resource where id = ?",
                        this::stored,
                        user)
                .ifPresent(stored -> {
                    String subject = ScimForm.subject(stored.resource());
                    if (stored.resource().path("active").asBoolean(true)) {
                        accounts.provide(new CompanyIdentity(
                                provider.address(),
                                subject,
                                ScimForm.name(Kind.USER, stored.resource()),
                                provider.held(Claims.ofGroups(of(provider.address(), subject)))));
                    } else {
                        accounts.gone(provider.address(), subject);
                    }
                });
    }

    private Set<UUID> members(UUID group) {
        return Set.copyOf(
                sql.query("select user_id from scim_member where group_id = ?", row -> row.uuid("user_id"), group));
    }

    private Set<UUID> wanted(Provider provider, ObjectNode group) {
        Set<UUID> wanted = new HashSet<>();
        for (JsonNode member : group.path("members")) {
            String id = member.path("value").asText("");
            wanted.add(find(
                            provider,
                            Kind.USER,
                            id,
                            () -> ScimException.value("There is no user " + id + " to be a member."))
                    .id());
        }
        return wanted;
    }

    private List<Stored> candidates(Provider provider, Kind kind, Optional<String> filter) {
        Matcher equal = EQUAL.matcher(filter.orElse(""));
        String base = "select id, resource::text as resource, created_at, changed_at from scim_resource"
                + " where issuer = ? and kind = ?";
        if (equal.matches() && equal.group(1).equalsIgnoreCase("externalId")) {
            return sql.query(
                    base + " and external_id = ?", this::stored, provider.address(), kind.name(), equal.group(2));
        }
        if (equal.matches() && equal.group(1).equalsIgnoreCase(kind.name)) {
            return sql.query(
                    base + " and lower(name) = lower(?)",
                    this::stored,
                    provider.address(),
                    kind.name(),
                    equal.group(2));
        }
        return sql.query(base + " order by created_at, id", this::stored, provider.address(), kind.name());
    }

    private Stored find(Provider provider, Kind kind, String id) {
        return find(provider, kind, id, () -> ScimException.missing("There is no " + kind.title() + " " + id + "."));
    }

    private Stored find(Provider provider, Kind kind, String id, java.util.function.Supplier<ScimException> none) {
        UUID parsed;
        try {
            parsed = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw none.get();
        }
        return sql.first(
                        "select id, resource::text as resource, created_at, changed_at from scim_resource"
                                + " where issuer = ? and kind = ? and id = ? for update",
                        this::stored,
                        provider.address(),
                        kind.name(),
                        parsed)
                .orElseThrow(none);
    }

    private void refuseTaken(Provider provider, Kind kind, ObjectNode resource, UUID id) {
        boolean taken = sql.first(
                        "select id from scim_resource where issuer = ? and kind = ? and id <> ?"
                                + " and (lower(name) = lower(?) or external_id = ?)",
                        row -> row.uuid("id"),
                        provider.address(),
                        kind.name(),
                        id,
                        ScimForm.name(kind, resource),
                        ScimForm.external(resource).orElse(null))
                .isPresent();
        if (taken) {
            throw ScimException.taken(
                    "There is a " + kind.title() + " of that " + kind.name + " or externalId already.");
        }
    }

    private ObjectNode whole(Kind kind, Stored stored) {
        ObjectNode resource = stored.resource().deepCopy();
        if (kind == Kind.GROUP) {
            ArrayNode all = resource.putArray("members");
            members(stored.id()).stream()
                    .sorted()
                    .forEach(user -> all.addObject().put("value", user.toString()));
        }
        return resource;
    }

    /** As a provider reads it. */
    private ObjectNode shown(Kind kind, Stored stored) {
        ObjectNode resource = bare(kind, stored);
        if (kind == Kind.GROUP) {
            resource.set("members", whole(kind, stored).get("members"));
            return resource;
        }
        ArrayNode groups = resource.putArray("groups");
        sql.query(
                        "select g.id, g.name from scim_member m join scim_resource g on g.id = m.group_id"
                                + " where m.user_id = ? order by g.name",
                        row -> Map.entry(row.uuid("id"), row.text("name")),
                        stored.id())
                .forEach(group -> groups.addObject()
                        .put("value", group.getKey().toString())
                        .put("display", group.getValue()));
        return resource;
    }

    /** The same without who is in what. */
    private ObjectNode bare(Kind kind, Stored stored) {
        ObjectNode resource = json.createObjectNode();
        resource.putArray("schemas").add(kind.schema());
        resource.put("id", stored.id().toString());
        resource.setAll(stored.resource());
        resource.putObject("meta")
                .put("resourceType", kind.title())
                .put("created", stored.createdAt().toString())
                .put("lastModified", stored.changedAt().toString());
        return resource;
    }

    private Stored stored(Row row) throws SQLException {
        try {
            return new Stored(
                    row.uuid("id"),
                    (ObjectNode) json.readTree(row.text("resource")),
                    row.instant("created_at"),
                    row.instant("changed_at"));
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored resource is no JSON: id=" + row.uuid("id"), e);
        }
    }

    private String text(ObjectNode resource) {
        try {
            return json.writeValueAsString(resource);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a resource cannot be written", e);
        }
    }
}
