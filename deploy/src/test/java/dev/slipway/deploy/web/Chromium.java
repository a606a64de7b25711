package dev.slipway.deploy.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.slipway.deploy.Product;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, driven. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));

    /** A window of a fresh person. */
    Page window(Product product, String language, ColorScheme scheme, int width, int height) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(product.address().toString())
                .setLocale(language)
                .setColorScheme(scheme)
                .setViewportSize(width, height));
        context.setDefaultTimeout(30_000);
        return context.newPage();
    }

    /** Signs the first administrator in, by keyboard alone. */
    static void signIn(Page page, Product product) {
        page.navigate("/sign-in");
        // The browser moves the focus when it paints, not when the page is loaded.
        page.waitForSelector("input[name=name]:focus");
        page.keyboard().type(product.admin("name"));
        page.keyboard().press("Tab");
        page.keyboard().type(product.admin("password"));
        page.keyboard().press("Enter");
        page.waitForURL(address -> !address.contains("/sign-in"));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
