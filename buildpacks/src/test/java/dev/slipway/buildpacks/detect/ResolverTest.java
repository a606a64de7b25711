package dev.slipway.buildpacks.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResolverTest {

    private final Map<String, Buildpack> buildpacks = new HashMap<>();
    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final List<Group> order = new ArrayList<>();

    private void buildpack(String id, Verdict verdict) {
        buildpacks.put(id, new Buildpack(id, "1", id.toUpperCase(java.util.Locale.ROOT), id, false));
        verdicts.put(id, verdict);
    }

    private static Verdict fits(String plan) {
        try {
            return new Verdict.Fits(PlanOption.parse("x", plan), "");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A group by ids; a question mark marks an optional one. */
    private void group(String... ids) {
        List<Group.Member> members = new ArrayList<>();
        for (String id : ids) {
            members.add(new Group.Member(id.replace("?", ""), id.endsWith("?")));
        }
        order.add(new Group(members));
    }

    private List<String> chosen() {
        return switch (Resolver.resolve(new Catalogue(buildpacks, order), verdicts)) {
            case Resolution.Chosen chosen ->
                chosen.members().stream().map(member -> member.buildpack().id()).toList();
            case Resolution.NothingFits nothing -> List.of("nothing");
            case Resolution.DetectionBroke broke -> List.of("broke " + broke.code());
        };
    }

    @Test
    void takesTheFirstGroupWhoseMembersFit() {
        buildpack("a", new Verdict.DoesNotFit("no a"));
        buildpack("b", fits(""));
        buildpack("c", fits(""));
        group("a", "b");
        group("c", "b");
        assertThat(chosen()).containsExactly("c", "b");
    }

    @Test
    void leavesOutOptionalMembersThatDoNotFit() {
        buildpack("a", fits(""));
        buildpack("b", new Verdict.DoesNotFit(""));
        group("a", "b?");
        assertThat(chosen()).containsExactly("a");
    }

    @Test
    void aRequirementNeedsAProviderAtOrBeforeIt() {
        buildpack("a", fits("[[requires]]\nname = \"jdk\""));
        buildpack("b", fits("[[provides]]\nname = \"jdk\""));
        group("a", "b");
        assertThat(chosen()).containsExactly("nothing");
        order.clear();
        group("b", "a");
        assertThat(chosen()).containsExactly("b", "a");
    }

    @Test
    void whatIsProvidedMustBeRequired() {
        buildpack("a", fits("[[provides]]\nname = \"jdk\""));
        buildpack("b", fits(""));
        group("a", "b");
        assertThat(chosen()).containsExactly("nothing");
        order.clear();
        group("a?", "b");
        assertThat(chosen()).containsExactly("b");
    }

    @Test
    void alternativesAreTriedInOrder() {
        buildpack("a", fits("[[provides]]\nname = \"x\"\n[[or]]\n[[or.provides]]\nname = \"y\""));
        buildpack("b", fits("[[requires]]\nname = \"y\"\n[requires.metadata]\nversion = \"17\""));
        group("a", "b");
        assertThat(chosen()).containsExactly("a", "b");
    }

    @Test
    void aBrokenDetectionIsToldOnlyIfNothingElseFits() {
        buildpack("a", new Verdict.Broken(3, "oh"));
        buildpack("b", fits(""));
        group("a");
        assertThat(chosen()).containsExactly("broke 3");
        group("b");
        assertThat(chosen()).containsExactly("b");
    }

    @Test
    void thePlanGoesToProvidersUntilItIsMet() throws Exception {
        buildpack("a", fits("[[provides]]\nname = \"jdk\""));
        buildpack(
                "b",
                fits(
                        "[[provides]]\nname = \"jdk\"\n[[requires]]\nname = \"jdk\"\n[requires.metadata]\nversion = \"17\""));
        group("a", "b");
        var chosen = (Resolution.Chosen) Resolver.resolve(new Catalogue(buildpacks, order), verdicts);
        BuildPlan plan = BuildPlan.of(chosen);
        assertThat(plan.entriesFor(chosen.members().get(0))).contains("jdk").contains("17");
        assertThat(plan.after(chosen.members().get(0), java.util.Set.of()).open())
                .isEmpty();
        assertThat(plan.after(chosen.members().get(0), java.util.Set.of("jdk")).open())
                .hasSize(1);
    }

    @Test
    void everyChosenGroupMeetsItsPlan() {
        Random random = new Random(20);
        List<String> names = List.of("x", "y", "z");
        for (int round = 0; round < 2000; round++) {
            buildpacks.clear();
            verdicts.clear();
            order.clear();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                StringBuilder plan = new StringBuilder();
                for (String key : List.of("provides", "requires")) {
                    if (random.nextInt(3) == 0) {
                        plan.append("[[").append(key).append("]]\nname = \"");
                        plan.append(names.get(random.nextInt(3))).append("\"\n");
                    }
                }
                buildpack("p" + i, random.nextInt(5) == 0 ? new Verdict.DoesNotFit("") : fits(plan.toString()));
                ids.add("p" + i + (random.nextBoolean() ? "?" : ""));
            }
            group(ids.toArray(String[]::new));
            if (Resolver.resolve(new Catalogue(buildpacks, order), verdicts) instanceof Resolution.Chosen chosen) {
                List<String> given = new ArrayList<>();
                for (Resolution.Chosen.Member member : chosen.members()) {
                    given.addAll(member.option().provides());
                    member.option().requires().forEach(need -> assertThat(given).contains(need.name()));
                }
            }
        }
    }
}
