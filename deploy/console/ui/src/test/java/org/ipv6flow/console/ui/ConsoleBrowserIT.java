package org.ipv6flow.console.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page in a real browser on a made-up past of the demo nation, in both languages: it shows
 * its heading and no failure, the browser complains about nothing, axe finds nothing, and nothing
 * but the console is asked for anything.
 *
 * <p>{@code -Dipv6flow.screenshots=DIRECTORY} keeps pictures of some for the documents.
 */
class ConsoleBrowserIT {

  private static final @Nullable String SCREENSHOTS = System.getProperty("ipv6flow.screenshots");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static @Nullable HeadlessChromium startedChromium;
  private static @Nullable DemoConsole startedConsole;

  /** Address, heading in English, heading in Chinese. */
  private static final List<String[]> PAGES =
      List.of(
          new String[] {"/", "Overview", "总览"},
          new String[] {"/interconnects", "Interconnects", "互联链路"},
          new String[] {"/interconnects?view=map&node=DCP-SH", "Interconnects", "互联链路"},
          new String[] {"/interconnects?view=heat", "Interconnects", "互联链路"},
          new String[] {"/interconnects?view=changes", "Interconnects", "互联链路"},
          new String[] {"/interconnects?view=failure", "Interconnects", "互联链路"},
          new String[] {"/interconnects/DCP-BJ-CT-CU", "Interconnects", "互联链路"},
          new String[] {"/interconnects/GW-SH-CT?split=traffic_class", "Interconnects", "互联链路"},
          new String[] {"/share", "IPv6 share", "IPv6 占比"},
          new String[] {"/share?dimension=operator&dir=in", "IPv6 share", "IPv6 占比"},
          new String[] {"/share?view=months", "IPv6 share", "IPv6 占比"},
          new String[] {"/share?view=composition", "IPv6 share", "IPv6 占比"},
          new String[] {"/share?view=bandwidth", "IPv6 share", "IPv6 占比"},
          new String[] {"/share?view=matrix", "IPv6 share", "IPv6 占比"},
          new String[] {"/share?view=scoreboard&by=industry", "IPv6 share", "IPv6 占比"},
          new String[] {"/share?view=scoreboard&by=province", "IPv6 share", "IPv6 占比"},
          new String[] {"/share?view=published", "IPv6 share", "IPv6 占比"},
          new String[] {"/share?view=prefixes", "IPv6 share", "IPv6 占比"},
          new String[] {"/explore?dimensions=node,ip_version", "Explore", "流量分析"},
          new String[] {"/explore?chart=heat&dimensions=operator_pair", "Explore", "流量分析"},
          new String[] {
            "/explore?chart=sankey&dimensions=from_operator,to_operator", "Explore", "流量分析"
          },
          new String[] {
            "/explore?chart=lines&previous=week&filter=ip_version+=+6", "Explore", "流量分析"
          },
          new String[] {"/capacity", "Capacity", "容量规划"},
          new String[] {"/capacity?view=percentiles", "Capacity", "容量规划"},
          new String[] {"/capacity?view=profile", "Capacity", "容量规划"},
          new String[] {"/capacity?view=growth", "Capacity", "容量规划"},
          new String[] {"/capacity?view=events", "Capacity", "容量规划"},
          new String[] {"/capacity?view=failure&kind=node&failed=DCP-BJ", "Capacity", "容量规划"},
          new String[] {"/capacity?view=distribution", "Capacity", "容量规划"},
          new String[] {"/capacity?view=settlement", "Capacity", "容量规划"},
          new String[] {"/reports", "Reports", "报表"},
          new String[] {"/sources", "Sources", "采集源"},
          new String[] {"/sources?view=pipeline", "Sources", "采集源"},
          new String[] {"/sources?view=unattributed", "Sources", "采集源"},
          new String[] {"/sources?view=interfaces", "Sources", "采集源"},
          new String[] {"/sources?view=quality", "Sources", "采集源"},
          new String[] {"/sources?view=calendar", "Sources", "采集源"},
          new String[] {"/sources/DCP-BJ-CT-R1", "Sources", "采集源"},
          new String[] {"/alerts", "Alerts", "告警"},
          new String[] {"/audit", "Audit", "审计"},
          new String[] {"/docs", "Documentation", "文档"},
          new String[] {"/docs/definitions", "Documentation", "文档"},
          new String[] {"/docs/definitions/ipv6_share_wire", "Documentation", "文档"});

  @BeforeAll
  static void start() throws Exception {
    startedChromium = HeadlessChromium.start();
    startedConsole = DemoConsole.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (startedConsole != null) {
      startedConsole.close();
    }
    if (startedChromium != null) {
      startedChromium.close();
    }
  }

  static Stream<Arguments> pagesInBothLanguages() {
    return PAGES.stream()
        .flatMap(
            page ->
                Stream.of(
                    Arguments.of(page[0], "en", page[1]), Arguments.of(page[0], "zh-CN", page[2])));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("pagesInBothLanguages")
  void everyPageIsWhole(String address, String language, String heading) {
    // English in light, Chinese in dark: both themes are held to the same contrast.
    String theme = language.equals("en") ? "light" : "dark";
    try (OpenedPage opened = open(with(address, "lang=" + language + "&theme=" + theme))) {
      Page page = opened.page();
      assertThat(page.locator("h1").first().innerText()).isEqualTo(heading);
      assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
      assertThat(opened.failures()).as("failed panels").isEmpty();
      assertThat(opened.complaints()).as("complaints of the browser").isEmpty();
      assertThat(opened.foreignRequests()).as("requests to others").isEmpty();
      assertThat(opened.accessibilityViolations()).as("accessibility").isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .as("nothing lies beside the window")
          .isEqualTo(true);
    }
  }

  @Test
  void theWallIsDarkAndHasNoControls() {
    try (OpenedPage opened = open("/?wall=1&lang=zh-CN")) {
      assertThat(opened.page().locator("html").getAttribute("data-theme")).isEqualTo("dark");
      assertThat(opened.page().locator("nav").count()).isZero();
      assertThat(opened.page().locator("main select").count()).isZero();
      assertThat(opened.failures()).isEmpty();
      assertThat(opened.accessibilityViolations()).isEmpty();
    }
  }

  /** The number on the screen is the view's, to the last digit that is shown. */
  @Test
  void aShareOnTheScreenIsTheOneOfTheApi() throws Exception {
    // A period that has ended: both questions get the same answer.
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    String from = today.minusDays(5).toString();
    String to = today.minusDays(2).toString();
    JsonNode answer =
        get(
            "/api/v1/ipv6/share?from=%s&to=%s&dimension=role&member=interconnect&direction=both"
                .formatted(from, to));
    double share = answer.path("data").path("share_wire").get(0).asDouble();
    double error = answer.path("data").path("share_wire_error95").get(0).asDouble();
    try (OpenedPage opened = open("/share?lang=en&from=%sT00:00&to=%sT00:00".formatted(from, to))) {
      String cell =
          opened
              .page()
              .locator("table.data tbody tr", new Page.LocatorOptions().setHasText("Interconnect"))
              .first()
              .locator("td")
              .first()
              .innerText();
      int decimals = Math.min(3, Math.max(1, (int) Math.ceil(-Math.log10(error * 100))));
      String format = "%." + decimals + "f";
      assertThat(cell)
          .isEqualTo(
              (format + " ± " + format + "\u00a0%%")
                  .formatted(share * 100, error * 100)
                  .replace('\u202f', ' '));
    }
  }

  @Test
  void everyChartHasItsTable() {
    try (OpenedPage opened = open("/?lang=en")) {
      Page page = opened.page();
      Locator buttons =
          page.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show the data as a table"));
      int charts = page.locator(".chart").count();
      assertThat(charts).isPositive();
      assertThat(buttons.count()).isEqualTo(charts);
      int before = page.locator("table.data").count();
      buttons.first().click();
      page.waitForFunction("n => document.querySelectorAll('table.data').length > n", before);
      assertThat(opened.accessibilityViolations()).isEmpty();
    }
  }

  @Test
  void aFilterIsCheckedCompletedAndAppliedByKeyboard() {
    try (OpenedPage opened = open("/explore?lang=en")) {
      Page page = opened.page();
      Locator filter = page.getByLabel("Filter", new Page.GetByLabelOptions().setExact(true));
      filter.fill("rolle = interconnect");
      page.locator(".filter-help .bad-text").first().waitFor();
      assertThat(page.locator(".filter-under mark").count()).isPositive();
      assertThat(filter.getAttribute("aria-invalid")).isEqualTo("true");

      filter.fill("");
      filter.pressSequentially("ip_ver");
      page.locator(".completions li").first().waitFor();
      page.keyboard().press("Tab");
      assertThat(filter.inputValue()).startsWith("ip_version");
      page.keyboard().press("Escape");
      filter.fill("ip_version = 6");
      page.keyboard().press("Escape");
      page.keyboard().press("Enter");
      page.waitForURL(url -> url.contains("filter=ip_version+=+6"));
      opened.settle();
      assertThat(page.locator(".legend-table tbody th").allInnerTexts())
          .allSatisfy(text -> assertThat(text).contains("IPv6"));
    }
  }

  @Test
  void aViewIsSavedAndFoundAgain() {
    try (OpenedPage opened = open("/explore?lang=en&dimensions=node&chart=lines")) {
      Page page = opened.page();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save view")).click();
      page.getByLabel("Name").fill("Nodes as lines");
      page.locator(".popover .primary").click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Saved views (1)"))
          .waitFor();
      opened.go("/explore?lang=en");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Saved views (1)"))
          .click();
      page.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Nodes as lines").setExact(true))
          .click();
      page.waitForURL(url -> url.contains("dimensions=node") && url.contains("chart=lines"));
    }
  }

  @Test
  void timesAreThoseOfTheZoneInTheAddressAndNotTheBrowsers() {
    try (OpenedPage opened = open("/?lang=en&tz=UTC")) {
      assertThat(opened.page().locator(".time-picker").innerText()).contains("UTC+00:00");
      opened.go("/?lang=en");
      assertThat(opened.page().locator(".time-picker").innerText())
          .contains("Asia/Shanghai")
          .contains("UTC+08:00");
    }
  }

  @Test
  void theFirstTabStopLeadsToTheContent() {
    try (OpenedPage opened = open("/?lang=en")) {
      opened.page().keyboard().press("Tab");
      assertThat(opened.page().evaluate("document.activeElement.getAttribute('href')"))
          .isEqualTo("#main");
    }
  }

  @Test
  void nothingStoredLooksOtherThanFailed() {
    try (OpenedPage opened = open("/share?lang=en&from=2001-01-01T00:00&to=2001-01-02T00:00")) {
      assertThat(opened.page().locator(".state-empty").count()).isPositive();
      assertThat(opened.failures()).isEmpty();
    }
    try (OpenedPage opened = open("/share?lang=en&from=2026-02-01T00:00&to=2026-01-01T00:00")) {
      assertThat(opened.failures()).isNotEmpty();
    }
  }

  @Test
  void theRegulatorIsOfferedNoPageOfLinks() {
    try (OpenedPage opened = open("regulator", "/?lang=zh-CN")) {
      List<String> offered = opened.page().locator("nav li").allInnerTexts();
      assertThat(offered).contains("IPv6 占比", "报表").doesNotContain("互联链路", "流量分析", "告警");
      assertThat(opened.failures()).isEmpty();
      assertThat(opened.accessibilityViolations()).isEmpty();
    }
  }

  /** Pictures for the documents; made only when asked for. */
  @Test
  void keepsPictures() throws Exception {
    if (SCREENSHOTS == null) {
      return;
    }
    Path directory = Files.createDirectories(Path.of(SCREENSHOTS));
    String[][] pictures = {
      {"overview-en", "/?lang=en&theme=light"},
      {"share-zh", "/share?lang=zh-CN&theme=light&dimension=operator"},
      {"interconnects-map-dark", "/interconnects?view=map&lang=en&theme=dark"},
      {"explore-dark", "/explore?lang=en&theme=dark&dimensions=operator_pair"},
      {"link-en", "/interconnects/DCP-BJ-CT-CU?lang=en&theme=light"},
      {"wall-zh", "/?wall=1&lang=zh-CN"},
    };
    for (String[] picture : pictures) {
      try (OpenedPage opened = open(picture[1])) {
        opened.page().waitForTimeout(500);
        Path file = directory.resolve(picture[0] + ".png");
        opened.page().screenshot(new Page.ScreenshotOptions().setPath(file));
        assertThat(Files.size(file)).isPositive();
      }
    }
  }

  /** As the administrator, who sees every page. */
  private static OpenedPage open(String address) {
    return open("admin", address);
  }

  private static OpenedPage open(String role, String address) {
    if (startedChromium == null || startedConsole == null) {
      throw new IllegalStateException("not started");
    }
    return OpenedPage.open(startedChromium, startedConsole.url(), role, address);
  }

  private static JsonNode get(String path) throws Exception {
    if (startedConsole == null) {
      throw new IllegalStateException("not started");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(startedConsole.url() + path))
            .header("Accept", "application/json")
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static String with(String address, String parameters) {
    return address + (address.contains("?") ? "&" : "?") + parameters;
  }
}
