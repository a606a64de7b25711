package dev.slipway.tenancy.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.TenantName;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "group /slipway/{tenant}/{role} ; /slipway/acme/owner ; acme/owner",
                "group /slipway/{tenant}/{role} ; /slipway/acme/Developer ; acme/developer",
                "group /slipway/{tenant}/{role} ; /slipway/acme ; -",
                "group /slipway/{tenant}/{role} ; /slipway/acme/operator ; -",
                "group /slipway/{tenant}/{role} ; /slipway/acme/owner/sub ; -",
                "group /slipway/{tenant}/{role} ; x/slipway/acme/owner ; -",
                "group /slipway/{tenant}/{role} ; /slipway/Not A Name/owner ; -",
                "group {role}s.of.{tenant} ; viewers.of.acme ; acme/viewer",
                "group /shop/devs -> acme/developer ; /shop/devs ; acme/developer",
                "group /shop/devs -> acme/developer ; /shop/devsX ; -",
                "group /shop.devs -> acme/developer ; /shop/devs ; -",
                "group /staff/ops -> operator ; /staff/ops ; operator",
                "regex team-([a-z]+)-(owner|viewer) -> $1/$2 ; team-acme-viewer ; acme/viewer",
                "regex team-([a-z]+)-(owner|viewer) -> $1/$2 ; my-team-acme-viewer ; -",
                "regex a|ab -> acme/viewer ; ab ; acme/viewer",
                "regex (.*) -> $1 ; operator ; -",
            })
    void aRuleGivesWhatItSaysAndNothingElse(String rule, String group, String gives) {
        GroupRules.Held held = GroupRules.parse(List.of(rule)).held(Claims.ofGroups(Set.of(group)));
        switch (gives) {
            case "-" -> assertThat(held).isEqualTo(GroupRules.Held.nothing());
            case "operator" -> assertThat(held).isEqualTo(new GroupRules.Held(Map.of(), true));
            default -> {
                String[] parts = gives.split("/");
                assertThat(held)
                        .isEqualTo(new GroupRules.Held(Map.of(TenantName.of(parts[0]), Role.parse(parts[1])), false));
            }
        }
    }

    @Test
    void otherClaimsCountByTheirValue() {
        GroupRules rules = GroupRules.parse(List.of("claim department=payments -> acme/viewer"));
        assertThat(rules.held(new Claims(Set.of(), Map.of("department", Set.of("sales", "payments"))))
                        .roles())
                .containsEntry(TenantName.of("acme"), Role.VIEWER);
        assertThat(rules.held(new Claims(Set.of("payments"), Map.of("team", Set.of("payments"))))
                        .roles())
                .isEmpty();
    }

    @Test
    void theStrongestOfSeveralRolesCounts() {
        Claims claims =
                Claims.ofGroups(Set.of("/slipway/acme/viewer", "/slipway/acme/owner", "/slipway/acme/developer"));
        assertThat(GroupRules.parse(GroupRules.USUAL).held(claims).roles())
                .containsExactly(Map.entry(TenantName.of("acme"), Role.OWNER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "group",
                "group /a",
                "group /a -> acme",
                "group /a -> acme/king",
                "group /a -> acme/operator",
                "group /{tenant} -> acme/owner",
                "group /{tenant}/{role} -> operator",
                "claim department -> acme/owner",
                "regex ( -> acme/owner",
                "regex a -> $1/owner",
                "regex a",
                "user ada -> acme/owner"
            })
    void aRuleThatCannotBeUsedIsRefusedWithTheReason(String rule) {
        assertThatThrownBy(() -> GroupRules.parse(List.of(rule)))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageContaining("The rule \"" + rule + "\" cannot be used");
    }

    @Test
    void noGroupNameBreaksIt() {
        Random random = new Random(7);
        GroupRules rules = GroupRules.parse(List.of(
                "group /slipway/{tenant}/{role}", "regex team-([a-z]+)-(owner|viewer) -> $1/$2", "regex (.*) -> $1"));
        String letters = "/slipwayacmeowner$1\\{}()\u0000\n é中";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder name = new StringBuilder(random.nextBoolean() ? "/slipway/" : "");
            random.ints(random.nextInt(40), 0, letters.length()).forEach(at -> name.append(letters.charAt(at)));
            assertThat(rules.held(Claims.ofGroups(Set.of(name.toString()))).operator())
                    .isFalse();
        }
    }
}
