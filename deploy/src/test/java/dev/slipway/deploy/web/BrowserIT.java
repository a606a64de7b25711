package dev.slipway.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;

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
            picture(page, APP + "/releases", "releases");
            picture(page, APP + "/processes", "processes");
            picture(page, APP + "/config", "config");
            picture(page, APP + "/logs", "logs");
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
            for (String path : List.of("/t/" + Product.TENANT, APP, APP + "/processes", APP + "/config", "/account")) {
                phone.navigate(path);
                assertThat((Boolean) phone.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as(path + " fits")
                        .isTrue();
            }
            picture(phone, APP, "app-phone");
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
