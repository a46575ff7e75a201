package org.ipv6flow.console.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page of the console in a browser, with all that it asked for and complained about. */
final class OpenedPage implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path AXE = Path.of("node_modules", "axe-core", "axe.min.js");
  private static final int PATIENCE_MILLIS = 180_000;

  private final String origin;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  private OpenedPage(String origin, BrowserContext context) {
    this.origin = origin;
    this.context = context;
    this.page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onConsoleMessage(
        message -> {
          // A busy server says when to ask again, and the page does: that is no mistake.
          boolean isBusy = message.text().contains("status of 429");
          if (!isBusy && (message.type().equals("error") || message.type().equals("warning"))) {
            complaints.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
  }

  static OpenedPage open(HeadlessChromium chromium, String origin, String role, String address) {
    OpenedPage opened = new OpenedPage(origin, chromium.context(role));
    opened.go(address);
    return opened;
  }

  void go(String address) {
    page.navigate(origin + address);
    settle();
  }

  /** Waits until nothing is being asked for any more. */
  void settle() {
    page.locator("h1").first().waitFor();
    page.locator(".state-loading")
        .first()
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    page.waitForFunction("() => document.querySelectorAll('.state-loading').length === 0");
    page.waitForFunction(
        "() => [...document.querySelectorAll('.chart')].every(c => c.dataset.ready === 'true')");
  }

  Page page() {
    return page;
  }

  List<String> complaints() {
    return complaints;
  }

  /** Requests that went anywhere but to the console; there must be none. */
  List<String> foreignRequests() {
    return requests.stream()
        .filter(url -> !url.startsWith(origin + "/"))
        .filter(
            url -> !"data".equals(URI.create(url.split(",", 2)[0].replace(";", "")).getScheme()))
        .toList();
  }

  List<String> failures() {
    return page.locator(".state-failed").allInnerTexts();
  }

  /** What axe finds, a line for each rule and element. */
  List<String> accessibilityViolations() {
    try {
      page.evaluate(Files.readString(AXE));
      String found =
          (String)
              page.evaluate(
                  """
                  async () => JSON.stringify((await axe.run(document)).violations.flatMap(v =>
                    v.nodes.map(n => v.id + ' at ' + n.target.join(' ') + ': '
                      + [...n.any, ...n.all, ...n.none].map(c => c.message).join('; '))))
                  """);
      List<String> lines = new ArrayList<>();
      for (JsonNode line : JSON.readTree(found)) {
        lines.add(line.asText());
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
