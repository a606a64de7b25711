package journey;

import client.ApiClient;
import client.ApiException;
import client.ApiResponse;
import client.api.AppsApi;
import client.api.ConfigApi;
import client.model.AppFacts;
import client.model.AppWanted;
import java.util.Map;
import java.util.function.Function;

/** What somebody with a generated client does. Not a test by itself: GeneratedClientTest compiles and runs it. */
public final class Journey implements Function<Map<String, String>, String> {
    @Override
    public String apply(Map<String, String> given) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(given.get("server"));
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + given.get("token")));
        String tenant = given.get("tenant");
        try {
            AppsApi apps = new AppsApi(client);
            AppFacts made = apps.createApp(tenant, new AppWanted().name("shop"), "key-1");
            AppFacts again = apps.createApp(tenant, new AppWanted().name("shop"), "key-1");
            if (!made.equals(again)) {
                throw new IllegalStateException("another answer: " + made + " " + again);
            }
            apps.scale(tenant, "shop", Map.of("web", 2), null, null);
            ConfigApi config = new ConfigApi(client);
            ApiResponse<Map<String, String>> seen = config.getConfigWithHttpInfo(tenant, "shop", null);
            String tag = seen.getHeaders().get("etag").get(0);
            config.changeConfig(tenant, "shop", Map.of("GREETING", "hello"), tag, null);
            return made.getApp() + " " + made.getState() + ", web="
                    + apps.getFormation(tenant, "shop", null).get("web") + ", GREETING="
                    + config.getConfig(tenant, "shop", null).get("GREETING") + ", " + late(config, tenant, tag);
        } catch (ApiException e) {
            throw new IllegalStateException(e.getCode() + " " + e.getResponseBody(), e);
        }
    }

    private static String late(ConfigApi config, String tenant, String tag) {
        try {
            config.changeConfig(tenant, "shop", Map.of("GREETING", "too late"), tag, null);
            return "changed";
        } catch (ApiException e) {
            String code = e.getResponseBody().replaceAll("(?s).*\"code\":\"([a-z-]+)\".*", "$1");
            return e.getCode() + " " + code;
        }
    }
}
