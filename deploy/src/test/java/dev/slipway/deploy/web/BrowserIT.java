package dev.slipway.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.slipway.deploy.Product;
import dev.slipway.deploy.ProductProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person sees and does in a real browser. */
@ExtendWith(ProductProcess.class)
class BrowserIT {
    /** Pictures of this run; the ones in {@code web/docs} were chosen from them. */
    private static final Path PICTURES = Path.of("target/pictures");

    private static final String APP = "/t/" + Product.TENANT + "/apps/shop";
    private static final List<String> ALL_PAGES = List.of(
            "/t/" + Product.TENANT,
            "/t/" + Product.TENANT + "/members",
            "/t/" + Product.TENANT + "/audit",
            "/t/" + Product.TENANT + "/usage",
            "/t/" + Product.TENANT + "/webhooks",
            "/t/" + Product.TENANT + "/new-app",
            "/operator",
            "/operator/new-plan",
            "/operator/people",
            "/operator/drills",
            "/tenants",
            "/account",
            "/nowhere",
            APP,
            APP + "/builds",
            APP + "/builds/1",
            APP + "/deployments",
            APP + "/deployments/1",
            APP + "/releases",
            APP + "/releases/v2",
            APP + "/images",
            APP + "/processes",
            APP + "/config",
            APP + "/logs",
            APP + "/settings");

    /** Pages that have each pair of colours between them. */
    private static final List<String> EVERY_COLOUR =
            List.of("/t/" + Product.TENANT, APP, APP + "/builds/1", APP + "/logs", APP + "/settings");

    private static Chromium chromium;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @BeforeAll
    static void begin(Product product) {
        product.liveApp("shop", "Hello");
        product.newApp("empty");
        chromium = new Chromium();
    }

    @AfterAll
    static void end() {
        chromium.close();
        THREADS.shutdownNow();
    }

    @Test
    void aPersonSignsInByKeyboardAndSeesTheApp(Product product) {
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            List<String> complaints = complaints(page);
            picture(page, "/sign-in", "sign-in");
            Chromium.signIn(page, product);
            picture(page, "/t/" + Product.TENANT, "tenant");
            assertThat(page.content()).contains("shop--test.");
            page.click("text=shop");
            page.waitForURL("**" + APP);
            assertThat(page.textContent("main")).contains("web.1", "healthy", "v1");
            picture(page, APP, "app");
            picture(page, APP + "/deployments", "deployments");
            picture(page, APP + "/releases", "releases");
            picture(page, APP + "/settings", "settings");
            picture(page, "/t/" + Product.TENANT + "/audit", "audit");
            picture(page, "/t/" + Product.TENANT + "/usage", "usage");
            picture(page, "/t/" + Product.TENANT + "/webhooks", "webhooks");
            picture(page, "/operator", "operator");
            picture(page, "/t/" + Product.TENANT + "/members", "members");
            picture(page, APP + "/processes", "processes");
            picture(page, APP + "/config", "config");
            picture(page, "/t/" + Product.TENANT + "/apps/empty", "new-app");
            picture(page, "/account", "account");
            assertThat(complaints).as("what the browser complained about").isEmpty();
        }
    }

    @Test
    void aPersonFollowsABuildWithoutReloading(Product product) throws Exception {
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(page, product);
            Future<Integer> push = product.pushing("followed", Map.of("index.html", "Followed\n"), THREADS);
            String first = "/t/" + Product.TENANT + "/apps/followed/builds/1";
            Product.await("the first build", () -> page.navigate(first).status() == 200);
            page.waitForSelector("#output[data-ended]");
            assertThat(page.textContent("#output")).contains("-----> ").contains("Live: http://followed--test.");
            assertThat(push.get()).isZero();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("build.png")));
        }
    }

    @Test
    void configValuesAreShownOnlyWhenAskedFor(Product product) {
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(page, product);
            page.navigate("/t/" + Product.TENANT + "/apps/empty/config");
            page.fill("form[action$='/set'] input[name=name]", "SECRET_KEY");
            page.fill("textarea[name=value]", "s3cret-v4lue");
            page.click("form[action$='/set'] button");
            page.waitForSelector("[role=status]");
            assertThat(page.content()).contains("SECRET_KEY").doesNotContain("s3cret-v4lue");
            page.click("form[action$='/values'] button");
            page.waitForSelector("text=s3cret-v4lue");
        }
    }

    @Test
    void aConfigThatSomebodyChangedMeanwhileIsExplainedAndKept(Product product) {
        product.newApp("edited");
        String config = "/t/" + Product.TENANT + "/apps/edited/config";
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800);
                Page other = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(page, product);
            page.navigate(config);
            page.click("form[action$='/edit'] button");
            page.fill("textarea", "COLOUR=red\nSIZE=\"1\\n2\"\n");
            page.click("main button.primary");
            page.waitForSelector("[role=status]");
            page.click("form[action$='/edit'] button");
            assertThat(page.inputValue("textarea")).isEqualTo("COLOUR=red\nSIZE=\"1\\n2\"\n");
            Chromium.signIn(other, product);
            other.navigate(config);
            other.fill("form[action$='/set'] input[name=name]", "SHAPE");
            other.fill("form[action$='/set'] textarea", "round");
            other.click("form[action$='/set'] button");
            other.waitForSelector("[role=status]");
            page.fill("textarea", "COLOUR=blue\n");
            page.click("main button.primary");
            page.waitForSelector("[role=alert]");
            assertThat(page.textContent("[role=alert]")).contains("Somebody changed the config", "COLOUR, SHAPE, SIZE");
            assertThat(page.inputValue("textarea")).isEqualTo("COLOUR=blue\n");
        }
    }

    @Test
    void aPlanThatSomebodyChangedMeanwhileKeepsWhatWasTyped(Product product) {
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800);
                Page other = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(page, product);
            page.navigate("/operator/new-plan");
            page.fill("input[name=name]", "team");
            page.fill("input[name=memory_bytes]", "32G");
            page.click("main button.primary");
            page.waitForURL("**/operator");
            assertThat(page.textContent("main")).contains("Plan team is defined.", "32 GB");
            page.navigate("/operator/plans/team");
            Chromium.signIn(other, product);
            other.navigate("/operator/plans/team");
            other.fill("input[name=instances]", "20");
            other.click("main button.primary");
            other.waitForURL("**/operator");
            page.fill("input[name=memory_bytes]", "48G");
            page.click("main button.primary");
            page.waitForSelector("[role=alert]");
            assertThat(page.textContent("[role=alert]")).contains("Somebody changed this plan");
            assertThat(page.inputValue("input[name=memory_bytes]")).isEqualTo("48G");
            page.click("[role=alert] a");
            assertThat(page.inputValue("input[name=memory_bytes]")).isEqualTo("32G");
            assertThat(page.inputValue("input[name=instances]")).isEqualTo("20");
            page.fill("input[name=confirm]", "team");
            page.click("button.danger");
            page.waitForSelector("[role=status]");
        }
    }

    @Test
    void aGuestIsLetInToOneAppAndSeesNoOther(Product product) {
        String guest = product.person("guest");
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(page, product);
            page.navigate("/t/" + Product.TENANT + "/members");
            page.fill("form[action$='/roles'] input[name=role]", "log-reader");
            page.check("input[value=app-view]");
            page.check("input[value=app-logs]");
            page.click("form[action$='/roles'] button");
            page.waitForSelector("[role=status]");
            page.fill("form[action$='/give'] input[name=person]", "guest");
            page.selectOption("form[action$='/give'] select", "log-reader");
            page.fill("form[action$='/give'] input[name=app]", "shop");
            page.click("form[action$='/give'] button");
            page.waitForSelector("[role=status]");
            assertThat(page.textContent("main")).contains("guest", "log-reader", "see apps · read logs");
        }
        WebClient client = new WebClient(product);
        client.get("/sign-in");
        client.signIn("guest", guest);
        assertThat(client.get("/t/" + Product.TENANT).body())
                .contains("/apps/shop")
                .doesNotContain("/apps/empty", "new-app", "gauge");
        assertThat(client.get(APP + "/logs").statusCode()).isEqualTo(200);
        assertThat(client.get(APP + "/config").statusCode()).isEqualTo(403);
        assertThat(client.get("/t/" + Product.TENANT + "/apps/empty").statusCode())
                .isEqualTo(404);
        assertThat(client.get("/t/" + Product.TENANT + "/members").statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenIsShownOnce(Product product) {
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(page, product);
            page.navigate("/account");
            page.fill("form[action$='/tokens'] input[name=name]", "robot");
            page.click("form[action$='/tokens'] button");
            String token = page.textContent("#new-token");
            assertThat(token).startsWith("slp_");
            page.navigate("/account");
            assertThat(page.content()).contains("robot").doesNotContain(token);
        }
    }

    @Test
    void pagesAreDarkChineseAndAsNarrowAsAPhone(Product product) {
        try (Page dark = chromium.window(product, "en-GB", ColorScheme.DARK, 1280, 800)) {
            Chromium.signIn(dark, product);
            picture(dark, APP, "app-dark");
        }
        try (Page chinese = chromium.window(product, "zh-CN", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(chinese, product);
            picture(chinese, APP, "app-zh");
            assertThat(chinese.textContent("nav.tabs")).contains("概览", "构建", "日志");
        }
        try (Page phone = chromium.window(product, "en-GB", ColorScheme.LIGHT, 390, 844)) {
            Chromium.signIn(phone, product);
            for (String path : List.of(
                    "/t/" + Product.TENANT,
                    "/t/" + Product.TENANT + "/usage",
                    "/operator",
                    "/operator/drills",
                    APP,
                    APP + "/processes",
                    APP + "/config",
                    "/account")) {
                phone.navigate(path);
                assertThat((Boolean) phone.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as(path + " fits")
                        .isTrue();
                assertThat(phone.evaluate("[...document.querySelectorAll('td')].filter(cell =>"
                                + " cell.getBoundingClientRect().right > document.documentElement.clientWidth).length"))
                        .as(path + " has every cell in sight")
                        .isEqualTo(0);
            }
            picture(phone, APP, "app-phone");
        }
    }

    @Test
    void pagesMeetTheAccessibilityGuidelines(Product product) {
        product.configured("shop", "COLOUR", "red");
        List<String> violations = new ArrayList<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Page page = chromium.window(product, "en-GB", scheme, 1280, 800)) {
                page.navigate("/sign-in");
                violations.addAll(violations(page, scheme));
                Chromium.signIn(page, product);
                for (String path : scheme == ColorScheme.LIGHT ? ALL_PAGES : EVERY_COLOUR) {
                    page.navigate(path);
                    violations.addAll(violations(page, scheme));
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    /** What axe-core finds against WCAG 2.1, levels A and AA. */
    private static List<String> violations(Page page, ColorScheme scheme) {
        return new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")).analyze().getViolations().stream()
                        .map(rule -> page.url() + " " + scheme + " " + rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .toList())
                        .toList();
    }

    @Test
    void aReleaseShowsWhatItChangedWithoutTheValues(Product product) {
        product.liveApp("compared", "Hello");
        product.configured("compared", "COLOUR", "s3cret-colour");
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(page, product);
            picture(page, "/t/" + Product.TENANT + "/apps/compared/releases/v2", "release");
            assertThat(page.textContent("main"))
                    .contains("Compared with v1", "COLOUR", "added")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void logLinesArriveWhileThePageIsOpen(Product product) {
        product.talkingApp("talking", "unusual");
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(page, product);
            page.navigate("/t/" + Product.TENANT + "/apps/talking/logs?words=unusual");
            page.waitForSelector("#following.s-live");
            page.waitForSelector("[data-lines] td.text >> text=unusual");
            int last = lastNumber(page);
            page.waitForSelector("[data-lines] td.text >> text='unusual " + (last + 2) + "'");
            page.navigate("/t/" + Product.TENANT + "/apps/talking/logs?words=nobody-writes-this");
            page.waitForSelector("#following.s-live");
            assertThat(page.locator("[data-lines] tbody tr").count()).isZero();
            picture(page, "/t/" + Product.TENANT + "/apps/talking/logs", "logs");
        }
    }

    private static int lastNumber(Page page) {
        String line = page.locator("[data-lines] td.text").last().textContent();
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void anAppIsDestroyedOnlyWhenItsNameIsTyped(Product product) {
        product.newApp("doomed");
        String settings = "/t/" + Product.TENANT + "/apps/doomed/settings";
        try (Page page = chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800)) {
            Chromium.signIn(page, product);
            page.navigate(settings);
            page.fill("input[name=domain]", "doomed.example.com");
            page.click("form[action$='/domains'] button");
            page.waitForSelector("[role=status]");
            assertThat(page.textContent("main")).contains("doomed.example.com");
            page.fill("input[name=confirmation]", "something-else");
            page.click("form[action$='/destroy'] button");
            page.waitForSelector("[role=alert]");
            page.fill("input[name=confirmation]", "doomed");
            page.click("form[action$='/destroy'] button");
            page.waitForURL("**/t/" + Product.TENANT);
            assertThat(page.navigate(settings).status()).isEqualTo(404);
            page.navigate("/t/" + Product.TENANT + "/audit?action=app.");
            assertThat(page.textContent("main"))
                    .contains("app.destroy", "test/doomed")
                    .doesNotContain("domain.add");
        }
    }

    private static void picture(Page page, String path, String name) {
        page.navigate(path);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    /** Collects what a strict content security policy, a missing file or a script error would make the browser say. */
    private static List<String> complaints(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return complaints;
    }
}
