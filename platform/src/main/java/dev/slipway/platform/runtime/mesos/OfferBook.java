package dev.slipway.platform.runtime.mesos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;

/** The offers we hold. Two of one agent and role are used together; never two of different agents. */
final class OfferBook {

    /**
     * What one agent offers to one role.
     *
     * @param leaving whether the agent has an unavailability announced
     */
    record Held(
            String role,
            String agentId,
            String host,
            String address,
            int agentPort,
            List<OfferID> ids,
            Room room,
            boolean leaving,
            Instant since) {

        Held and(Offer more) {
            List<OfferID> both = new ArrayList<>(ids);
            both.add(more.getId());
            return new Held(
                    role,
                    agentId,
                    host,
                    address,
                    agentPort,
                    both,
                    room.plus(Room.of(more.getResourcesList())),
                    leaving || more.hasUnavailability(),
                    since);
        }
    }

    private final Map<String, Map<String, Held>> byRole = new LinkedHashMap<>();
    private final Map<String, String[]> where = new LinkedHashMap<>();

    void add(Offer offer, Instant now) {
        String role = offer.getAllocationInfo().getRole();
        String agent = offer.getAgentId().getValue();
        where.put(offer.getId().getValue(), new String[] {role, agent});
        byRole.computeIfAbsent(role, key -> new LinkedHashMap<>())
                .merge(agent, first(offer, role, agent, now), (held, fresh) -> held.and(offer));
    }

    private static Held first(Offer offer, String role, String agent, Instant now) {
        String address = offer.getUrl().getAddress().getIp().isEmpty()
                ? offer.getHostname()
                : offer.getUrl().getAddress().getIp();
        return new Held(
                role,
                agent,
                offer.getHostname(),
                address,
                offer.getUrl().getAddress().getPort(),
                List.of(offer.getId()),
                Room.of(offer.getResourcesList()),
                offer.hasUnavailability(),
                now);
    }

    /** Takes one offer back; if the agent had others for the role, what is held of it is given up whole. */
    List<OfferID> rescind(String id) {
        String[] place = where.remove(id);
        if (place == null) {
            return List.of();
        }
        Held held = byRole.getOrDefault(place[0], Map.of()).get(place[1]);
        if (held == null) {
            return List.of();
        }
        take(held);
        return held.ids().stream().filter(each -> !each.getValue().equals(id)).toList();
    }

    void take(Held held) {
        held.ids().forEach(id -> where.remove(id.getValue()));
        Map<String, Held> ofRole = byRole.get(held.role());
        if (ofRole != null) {
            ofRole.remove(held.agentId());
            if (ofRole.isEmpty()) {
                byRole.remove(held.role());
            }
        }
    }

    List<Held> of(String role) {
        return List.copyOf(byRole.getOrDefault(role, Map.of()).values());
    }

    Set<String> roles() {
        return Set.copyOf(byRole.keySet());
    }

    void clear() {
        byRole.clear();
        where.clear();
    }

    int size() {
        return where.size();
    }
}
