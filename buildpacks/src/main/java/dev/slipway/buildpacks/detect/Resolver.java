package dev.slipway.buildpacks.detect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the first group whose members all fit and whose plans meet (CNB buildpack API, order resolution): every
 * requirement has a provider at or before the place that needs it, and everything provided is required at or after the
 * place that gives it. Optional members whose plans do not meet are left out.
 */
public final class Resolver {

    private static final int MAX_TRIALS = 10_000;

    private int trials;

    private Resolver() {}

    /**
     * Resolves.
     *
     * @param catalogue buildpacks and order
     * @param verdicts by buildpack id; every candidate of the catalogue has one
     */
    public static Resolution resolve(Catalogue catalogue, Map<String, Verdict> verdicts) {
        List<String> tried = new ArrayList<>();
        Optional<Resolution> broken = Optional.empty();
        for (Buildpack candidate : catalogue.candidates()) {
            switch (Objects.requireNonNull(verdicts.get(candidate.id()))) {
                case Verdict.DoesNotFit no ->
                    tried.add(candidate.name() + ": "
                            + (no.reason().isEmpty() ? "does not apply to this source" : no.reason()));
                case Verdict.Broken error -> {
                    tried.add(candidate.name() + ": detection ended with exit code " + error.code());
                    broken = broken.or(
                            () -> Optional.of(new Resolution.DetectionBroke(candidate, error.code(), error.reason())));
                }
                case Verdict.Fits fits -> tried.add(candidate.name() + ": fits, but not what it needs or gives");
            }
        }
        for (Group group : catalogue.order()) {
            Optional<List<Resolution.Chosen.Member>> members = new Resolver().fit(catalogue, group, verdicts);
            if (members.isPresent()) {
                return new Resolution.Chosen(members.get());
            }
        }
        return broken.orElseGet(() -> new Resolution.NothingFits(tried));
    }

    private record Place(Buildpack buildpack, boolean optional, Verdict.Fits fits) {}

    private Optional<List<Resolution.Chosen.Member>> fit(
            Catalogue catalogue, Group group, Map<String, Verdict> verdicts) {
        List<Place> places = new ArrayList<>();
        for (Group.Member member : group.members()) {
            if (verdicts.get(member.id()) instanceof Verdict.Fits fits) {
                places.add(new Place(
                        Objects.requireNonNull(catalogue.buildpacks().get(member.id())), member.optional(), fits));
            } else if (!member.optional()) {
                return Optional.empty();
            }
        }
        return places.isEmpty() ? Optional.empty() : choose(places, 0, new ArrayList<>());
    }

    private Optional<List<Resolution.Chosen.Member>> choose(
            List<Place> places, int at, List<Resolution.Chosen.Member> chosen) {
        if (at == places.size()) {
            return trial(places, chosen);
        }
        Place place = places.get(at);
        for (PlanOption option : place.fits().options()) {
            chosen.addLast(new Resolution.Chosen.Member(
                    place.buildpack(), option, place.fits().reason()));
            Optional<List<Resolution.Chosen.Member>> found = choose(places, at + 1, chosen);
            chosen.removeLast();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<List<Resolution.Chosen.Member>> trial(List<Place> places, List<Resolution.Chosen.Member> chosen) {
        if (++trials > MAX_TRIALS) {
            return Optional.empty();
        }
        Set<String> optional = new HashSet<>();
        places.stream()
                .filter(Place::optional)
                .forEach(place -> optional.add(place.buildpack().id()));
        List<Resolution.Chosen.Member> left = new ArrayList<>(chosen);
        while (!left.isEmpty()) {
            Set<Integer> unmet = unmet(left);
            if (unmet.isEmpty()) {
                return Optional.of(List.copyOf(left));
            }
            List<Resolution.Chosen.Member> next = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                if (!unmet.contains(i)) {
                    next.add(left.get(i));
                } else if (!optional.contains(left.get(i).buildpack().id())) {
                    return Optional.empty();
                }
            }
            left = next;
        }
        return Optional.empty();
    }

    /** Indexes of the members whose plan does not meet the others'. */
    private static Set<Integer> unmet(List<Resolution.Chosen.Member> members) {
        Set<Integer> unmet = new LinkedHashSet<>();
        Set<String> provided = new HashSet<>();
        for (int i = 0; i < members.size(); i++) {
            PlanOption option = members.get(i).option();
            provided.addAll(option.provides());
            if (!option.requires().stream().allMatch(required -> provided.contains(required.name()))) {
                unmet.add(i);
            }
        }
        Set<String> required = new HashSet<>();
        for (int i = members.size() - 1; i >= 0; i--) {
            PlanOption option = members.get(i).option();
            option.requires().forEach(requirement -> required.add(requirement.name()));
            if (!required.containsAll(option.provides())) {
                unmet.add(i);
            }
        }
        return unmet;
    }
}
