package dev.slipway.registry.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists: tags of a repository, all repositories, manifests about a subject. */
final class ListingRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Registry registry;

    ListingRoutes(Registry registry) {
        this.registry = registry;
    }

    void tags(Exchange exchange, RegistryPath.OfTags path) {
        List<String> all =
                registry.tags(path.repository()).stream().map(Tag::value).toList();
        ObjectNode body = JSON.createObjectNode().put("name", path.repository().value());
        page(exchange, "/v2/" + path.repository() + "/tags/list", body, "tags", all, Registry.TAG_ORDER);
    }

    void catalog(Exchange exchange) {
        List<String> all =
                registry.repositories().stream().map(RepositoryName::value).toList();
        page(exchange, "/v2/_catalog", JSON.createObjectNode(), "repositories", all, Comparator.naturalOrder());
    }

    void referrers(Exchange exchange, RegistryPath.OfReferrers path) {
        String filter = exchange.query("artifactType");
        Optional<MediaType> type = filter == null ? Optional.empty() : Optional.of(MediaType.parse(filter));
        List<Descriptor> found = registry.referrers(path.repository(), path.subject(), type);
        byte[] body = ImageIndex.of(found).toBytes();
        exchange.answerBytes(200, MediaType.OCI_INDEX.value(), body, response -> {
            if (filter != null) {
                response.putHeader(Headers.OCI_FILTERS_APPLIED, "artifactType");
            }
        });
    }

    private static void page(
            Exchange exchange, String path, ObjectNode body, String key, List<String> all, Comparator<String> order) {
        String last = exchange.query("last");
        List<String> after = last == null
                ? all
                : all.stream().filter(entry -> order.compare(entry, last) > 0).toList();
        int count = count(exchange.query("n"), after.size());
        List<String> shown = after.subList(0, Math.min(count, after.size()));
        ArrayNode entries = body.putArray(key);
        shown.forEach(entries::add);
        byte[] content = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.answerBytes(200, "application/json", content, response -> {
            if (shown.size() < after.size() && !shown.isEmpty()) {
                response.putHeader("Link", Headers.next(path, count, shown.getLast()));
            }
        });
    }

    private static int count(@Nullable String text, int all) {
        if (text == null) {
            return all;
        }
        long count = ByteRange.number(text);
        if (count < 0) {
            throw new RegistryException(ErrorCode.PAGINATION_INVALID, "n is not a whole number, zero or more");
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }
}
