package dev.slipway.tenancy.quota;

import java.util.List;
import java.util.stream.Collectors;

/** Tells a refusal: what was asked, how much is left, who uses the rest, and the two ways out. Pure. */
final class RefusalSentence {
    private RefusalSentence() {}

    static String of(
            String tenant, QuotaResource resource, long limit, long used, long asked, List<QuotaStore.User> users) {
        Unit unit = resource.unit();
        String by = users.stream()
                .map(user -> user.name() + " " + unit.tell(user.amount()))
                .collect(Collectors.joining(", "));
        return "The quota of " + tenant + " for " + resource.title() + " is " + unit.tell(limit) + "; "
                + unit.tell(used) + " is in use"
                + (by.isEmpty() || resource == QuotaResource.APPS ? "" : " (" + by + ")")
                + " and " + unit.tell(asked) + " more was asked for. To make room, " + resource.wayOut()
                + "; a platform operator can raise it: quotas:set -t " + tenant + " " + resource.text() + "="
                + suggested(used, asked) + ". To ask for that: quotas:request -t " + tenant + " " + resource.text()
                + "="
                + suggested(used, asked) + ".";
    }

    static String ofApp(String tenant, QuotaResource resource, long limit, long used, long asked) {
        Unit unit = resource.unit();
        return "The app's share of " + tenant + "'s " + resource.title() + " is " + unit.tell(limit) + "; "
                + unit.tell(used) + " is in use and " + unit.tell(asked) + " more was asked for. To make room, "
                + resource.wayOut() + "; an owner of " + tenant + " can raise the share: quotas:share -a "
                + tenant + "/APP " + resource.text() + "=" + suggested(used, asked) + ".";
    }

    private static long suggested(long used, long asked) {
        return used + asked < 0 ? Long.MAX_VALUE : used + asked;
    }
}
