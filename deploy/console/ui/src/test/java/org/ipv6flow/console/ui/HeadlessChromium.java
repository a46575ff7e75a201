package org.ipv6flow.console.ui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's Chromium, driven by the system's Node.js; a machine without either skips. */
final class HeadlessChromium implements AutoCloseable {

  private static final int WIDTH = 1440;
  private static final int HEIGHT = 900;

  private final Playwright playwright;
  private final Browser browser;

  private HeadlessChromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static HeadlessChromium start() {
    Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome");
    Optional<Path> node = find("node");
    assumeTrue(chromium.isPresent(), "no Chromium on the PATH");
    assumeTrue(node.isPresent(), "no Node.js on the PATH");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.orElseThrow().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.orElseThrow())
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--hide-scrollbars")));
    return new HeadlessChromium(playwright, browser);
  }

  /**
   * A browser that has seen nothing yet, in a time zone that is not the console's.
   *
   * @param role of the user; a console in demo mode believes it
   */
  BrowserContext context(String role) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setViewportSize(WIDTH, HEIGHT)
            .setLocale("en-US")
            .setColorScheme(ColorScheme.LIGHT)
            .setTimezoneId("America/New_York")
            .setExtraHTTPHeaders(Map.of("X-Ipv6flow-Role", role)));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Optional<Path> find(String... names) {
    List<Path> folders =
        Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).toList();
    return Stream.of(names)
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
