package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AccessTable;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Types every verb's own example as everybody, and compares with {@code access/verb-role.txt}. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class VerbMatrixTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Inject
    TrialWorld world;

    @Inject
    AccessTable table;

    @Inject
    VerbCatalogue catalogue;

    @Inject
    Verbs verbs;

    @Test
    void everyVerbOpensForThoseOnlyWhomTheTableNames() throws Exception {
        SortedMap<String, List<String>> found = new TreeMap<>();
        for (String name : catalogue.names()) {
            TenantName tenant = world.tenant();
            Map<String, Someone> everybody = table.everybody(tenant);
            List<String> answers = new ArrayList<>();
            for (String role : AccessTable.ROLES) {
                verbs.run(TypedCall.by(everybody.get("operator").principal(), "apps:create", tenant + "/shop").call);
                table.letIn(tenant, everybody.get("guest"));
                answers.add(answer(everybody.get(role), words(name, tenant)));
            }
            found.put(name, answers);
        }
        AccessTable.check("verb-role.txt", found);
    }

    private String answer(Someone someone, List<String> words) throws InterruptedException {
        long before = table.denials(someone);
        TypedCall typed = TypedCall.by(someone.principal(), words.toArray(String[]::new));
        int code = verbs.run(typed.call);
        if (code == Verb.USAGE && typed.err().contains("explains it")) {
            throw new AssertionError("The example of a verb cannot be typed: " + words + "\n" + typed.err());
        }
        if (table.denials(someone) == before) {
            return "yes";
        }
        return typed.err().contains("or you may not see it") ? "hidden" : "no";
    }

    /** The example of the verb's help, about this test's tenant and without following anything for ever. */
    private List<String> words(String name, TenantName tenant) {
        String[] footer = VerbCatalogue.parser(catalogue.make(name).orElseThrow())
                .getCommandSpec()
                .usageMessage()
                .footer();
        String example = String.join(" ", footer).strip();
        String typed = example.substring(example.indexOf("@HOST ") + "@HOST ".length())
                .replaceFirst(" [<>] .*", "")
                .replace(" -f", "")
                .replace("acme", tenant.value());
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(typed);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }
}
