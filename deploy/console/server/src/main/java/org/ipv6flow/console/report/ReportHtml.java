package org.ipv6flow.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report as XHTML, which is the HTML file and what the PDF is made of. Every number in it is a
 * value of the snapshot, rounded; none is computed.
 */
final class ReportHtml {

  /** Below it a month is marked as incomplete. */
  private static final double COMPLETE = 0.95;

  private static final List<String> ROLES =
      List.of("interconnect", "international", "ixp", "nap", "unlisted");
  private static final int TOP_PAIRS = 20;
  private static final int TOP_GAPS = 20;
  private static final int TOP_CHANGES = 40;

  private final Snapshot snapshot;
  private final Texts texts;
  private final @Nullable Issue issue;
  private final Html html = new Html();
  private int section;

  /**
   * What an issue says of the one before.
   *
   * @param number of this issue, from 2 on
   * @param before the checksum of the one before
   */
  record Issue(int number, String before, String reason, List<SnapshotDifference.Change> changes) {}

  ReportHtml(Snapshot snapshot, Texts texts, @Nullable Issue issue) {
    this.snapshot = snapshot;
    this.texts = texts;
    this.issue = issue;
  }

  String write() {
    html.raw("<!DOCTYPE html>\n")
        .open(
            "html",
            "xmlns",
            "http://www.w3.org/1999/xhtml",
            "lang",
            texts.language(),
            "xml:lang",
            texts.language());
    html.open("head").raw("<meta charset=\"utf-8\"/>\n");
    html.element("title", title() + " " + month());
    html.raw("<meta name=\"generator\" content=\"ipv6flow\"/>\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width\"/>\n");
    html.raw("<style>\n" + css() + "</style>\n").close("head");
    html.open("body").open("div", "class", "sheet");
    masthead();
    summary();
    kinds();
    bandwidth();
    operators();
    regions();
    mix();
    trend();
    links();
    changes();
    quality();
    method();
    difference();
    return html.close("div").close("body").close("html").toString();
  }

  private String title() {
    return texts.get("title");
  }

  private String month() {
    Locale locale = Locale.forLanguageTag(texts.language());
    return DateTimeFormatter.ofPattern(texts.get("month"), locale)
        .format(snapshot.month().atDay(1));
  }

  private String css() {
    String css;
    try (InputStream in = ReportHtml.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing");
      }
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String state =
        snapshot.isSynthetic()
            ? texts.get("status.synthetic")
            : snapshot.isProvisional() ? texts.get("status.provisional") : "";
    return css.replace("RUNNING_TITLE", title() + "  " + month())
        .replace("RUNNING_STATE", state)
        .replace("RUNNING_CHECKSUM", "SHA-256 " + snapshot.sha256())
        .replace("RUNNING_PAGE", texts.get("footer.page"));
  }

  private void masthead() {
    html.open("div", "class", "masthead");
    html.element("h1", title());
    html.element("p", texts.get("subtitle", month()), "class", "subtitle").close("div");
    if (snapshot.isSynthetic()) {
      html.element("div", texts.get("status.synthetic"), "class", "status");
    }
    if (snapshot.isProvisional()) {
      html.element("div", texts.get("status.provisional"), "class", "status");
    } else {
      html.element("div", texts.get("status.final"), "class", "status final");
    }
    if (snapshot.completeness().asDouble() < COMPLETE) {
      html.element(
          "div",
          texts.get(
              "status.incomplete",
              Figures.percent(snapshot.completeness(), 2),
              Math.round(COMPLETE * 100) + " %"),
          "class",
          "status");
    }
  }

  private void heading(String key) {
    section++;
    html.element("h2", section + "  " + texts.get("section." + key), "id", key);
  }

  private void note(String key, Object... values) {
    html.element(
        "p",
        values.length == 0 ? texts.get("note." + key) : texts.get("note." + key, values),
        "class",
        "note");
  }

  private void figure(String key, Chart chart) {
    html.open("div", "class", "figure");
    html.element("p", texts.get("chart." + key), "class", "figure-title");
    html.raw(chart.svg()).close("div");
  }

  /** Heads are keys; those that begin with a minus are of text, set to the left. */
  private void table(String style, String key, List<String> heads, List<List<String>> rows) {
    List<String> names = new ArrayList<>();
    List<Boolean> numeric = new ArrayList<>();
    for (String head : heads) {
      boolean isText = head.startsWith("-");
      names.add(texts.get("head." + (isText ? head.substring(1) : head)));
      numeric.add(!isText);
    }
    html.table(style, texts.get("table." + key), names, numeric, rows);
  }

  // 1

  private void summary() {
    heading("summary");
    SnapshotTable shares = snapshot.table(ReportTable.SHARES);
    SnapshotTable traffic = snapshot.table(ReportTable.TRAFFIC);
    SnapshotTable bandwidth = snapshot.table(ReportTable.BANDWIDTH);
    String[] links = {"dimension", "role", "member", "interconnect", "direction", "both"};
    JsonNode wire = shares.value("share_wire", links);
    JsonNode error = shares.value("share_wire_error95", links);
    JsonNode lower = shares.value("share_payload_lower", links);
    JsonNode upper = shares.value("share_payload_upper", links);
    JsonNode native6 = shares.value("share_native", links);
    String[] months = {
      "dimension", "role", "member", "interconnect", "month", snapshot.month() + "-01"
    };
    SnapshotTable trend = snapshot.table(ReportTable.MONTHS);
    JsonNode monthChange = trend.value("share_wire_change_month", months);
    JsonNode yearChange = trend.value("share_wire_change_year", months);
    JsonNode mean = traffic(traffic, "mean_bps", "0");
    JsonNode mean6 = traffic(traffic, "mean_bps", "6");
    String[] capacity = {"dimension", "role", "member", "interconnect"};
    html.element(
        "p",
        texts.get(
            "summary.sentence",
            month(),
            Figures.percent(wire, 2),
            Figures.plusMinus(error).replace("±", "") + " %",
            Figures.percent(native6, 2),
            Figures.percent(lower, 2),
            Figures.percent(upper, 2)),
        "class",
        "lead");
    if (monthChange.isNumber() && yearChange.isNumber()) {
      html.element(
          "p",
          texts.get("summary.change", Figures.points(monthChange), Figures.points(yearChange)));
    }
    html.element(
        "p",
        texts.get(
            "summary.traffic",
            Figures.gigabits(mean),
            Figures.gigabits(mean6),
            Figures.gigabits(traffic(traffic, "p95_bps", "0")),
            Figures.gigabits(traffic(traffic, "peak_bps", "0")),
            Figures.time(traffic(traffic, "peak_at", "0"), snapshot.zone())));
    html.element(
        "p",
        texts.get(
            "summary.bandwidth",
            Figures.gigabits(bandwidth.value("ipv6_capacity_bps", capacity)),
            Figures.percent(bandwidth.value("ipv6_capacity_fraction", capacity), 2),
            Figures.whole(bandwidth.value("ipv6_links", capacity)),
            Figures.whole(bandwidth.value("links", capacity))));
    html.open("table", "class", "cards").open("tr");
    card(
        "wire",
        Figures.percent(wire, 2),
        Figures.plusMinus(error)
            + " %   "
            + texts.get("card.change.month")
            + " "
            + Figures.points(monthChange)
            + "   "
            + texts.get("card.change.year")
            + " "
            + Figures.points(yearChange));
    card(
        "native",
        Figures.percent(native6, 2),
        Figures.plusMinus(shares.value("share_native_error95", links)) + " %");
    card("payload", Figures.percent(lower, 2) + " – " + Figures.percent(upper, 2), "");
    html.close("tr").open("tr");
    card(
        "traffic",
        Figures.gigabits(mean6) + " Gbit/s",
        texts.get("card.of", Figures.gigabits(mean) + " Gbit/s"));
    card(
        "p95",
        Figures.gigabits(traffic(traffic, "p95_bps", "6")) + " Gbit/s",
        texts.get("card.of", Figures.gigabits(traffic(traffic, "p95_bps", "0")) + " Gbit/s"));
    card(
        "bandwidth",
        Figures.gigabits(bandwidth.value("ipv6_capacity_bps", capacity)) + " Gbit/s",
        texts.get(
            "card.of", Figures.gigabits(bandwidth.value("capacity_bps", capacity)) + " Gbit/s"));
    html.close("tr").close("table");
    SnapshotTable days = snapshot.table(ReportTable.DAYS);
    List<SnapshotTable.Row> rows = days.rows("member", "interconnect");
    figure(
        "days",
        new Chart(
            Chart.Kind.LINE,
            texts.get("chart.days"),
            rows.stream().map(row -> row.text("day").substring(5)).toList(),
            List.of(series("wire", rows, "share_wire"), series("native", rows, "share_native")),
            0.01,
            "%",
            130));
    facts();
  }

  private void facts() {
    SnapshotTable shares = snapshot.table(ReportTable.SHARES);
    html.open("table", "class", "facts");
    fact(
        "period",
        texts.get(
            "facts.period.value",
            snapshot.month().atDay(1),
            snapshot.month().atEndOfMonth(),
            snapshot.zone().getId()));
    fact("coverage", Figures.percent(snapshot.completeness(), 2));
    fact("loss", Figures.percent(shares.value("loss", "dimension", "all"), 4));
    fact("inventory", snapshot.text("inventory_version"));
    fact("software", "ipv6flow " + snapshot.text("software"));
    fact("checksum", snapshot.sha256());
    html.close("table");
  }

  private void fact(String key, String value) {
    html.open("tr");
    html.element("th", texts.get("facts." + key), "scope", "row").element("td", value);
    html.close("tr");
  }

  private void card(String key, String value, String more) {
    html.open("td");
    html.element("div", texts.get("card." + key), "class", "card-name");
    html.element("div", value, "class", "card-value");
    html.element("div", more, "class", "card-more").close("td");
  }

  private static JsonNode traffic(SnapshotTable traffic, String column, String version) {
    return traffic.value(
        column,
        "dimension",
        "role",
        "member",
        "interconnect",
        "direction",
        "both",
        "ip_version",
        version);
  }

  private Chart.Series series(String name, List<SnapshotTable.Row> rows, String column) {
    return new Chart.Series(
        texts.get("series." + name), rows.stream().map(row -> row.get(column)).toList());
  }

  // 2

  private void kinds() {
    heading("kinds");
    note("share");
    List<List<String>> shares = new ArrayList<>();
    List<String> places = new ArrayList<>();
    List<JsonNode> wire = new ArrayList<>();
    List<JsonNode> native6 = new ArrayList<>();
    for (SnapshotTable.Row row : byRole(snapshot.table(ReportTable.SHARES))) {
      String name = role(row);
      if (row.is("direction", "both") && row.get("share_wire").isNumber()) {
        places.add(name);
        wire.add(row.get("share_wire"));
        native6.add(row.get("share_native"));
      }
      shares.add(share(name, row, true));
    }
    table(
        "data",
        "share",
        List.of("-kind", "-direction", "wire", "error", "native", "error", "payload", "coverage"),
        shares);
    figure(
        "kinds",
        new Chart(
            Chart.Kind.BAR,
            texts.get("chart.kinds"),
            places,
            List.of(
                new Chart.Series(texts.get("series.wire"), wire),
                new Chart.Series(texts.get("series.native"), native6)),
            0.01,
            "%",
            110));
    note("traffic");
    List<List<String>> traffic = new ArrayList<>();
    SnapshotTable all = snapshot.table(ReportTable.TRAFFIC);
    for (SnapshotTable.Row row : byRole(all)) {
      if (row.is("ip_version", "0")) {
        traffic.add(traffic(all, role(row), row));
      }
    }
    table("data", "traffic", trafficHeads("-kind"), traffic);
    gateways();
  }

  private static List<String> trafficHeads(String first) {
    return List.of(
        first,
        "-direction",
        "mean",
        "mean6",
        "p95",
        "p956",
        "peak",
        "-at",
        "capacity",
        "utilisation");
  }

  private List<String> traffic(SnapshotTable all, String name, SnapshotTable.Row row) {
    String[] six = {
      "dimension",
      row.text("dimension"),
      "member",
      row.text("member"),
      "direction",
      row.text("direction"),
      "ip_version",
      "6"
    };
    return List.of(
        name,
        texts.code("direction", row.text("direction")),
        Figures.gigabits(row.get("mean_bps")),
        Figures.gigabits(all.value("mean_bps", six)),
        Figures.gigabits(row.get("p95_bps")),
        Figures.gigabits(all.value("p95_bps", six)),
        Figures.gigabits(row.get("peak_bps")),
        Figures.time(row.get("peak_at"), snapshot.zone()),
        Figures.gigabits(row.get("capacity_bps")),
        Figures.percent(row.get("utilisation_p95"), 1));
  }

  private List<String> share(String name, SnapshotTable.Row row, boolean withDirection) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    if (withDirection) {
      cells.add(texts.code("direction", row.text("direction")));
    }
    cells.addAll(
        List.of(
            Figures.percent(row.get("share_wire"), 2),
            Figures.plusMinus(row.get("share_wire_error95")),
            Figures.percent(row.get("share_native"), 2),
            Figures.plusMinus(row.get("share_native_error95")),
            Figures.percent(row.get("share_payload_lower"), 2)
                + " – "
                + Figures.percent(row.get("share_payload_upper"), 2),
            Figures.percent(row.get("coverage"), 2)));
    return cells;
  }

  /** Roles in the order of their importance, then all. */
  private static List<SnapshotTable.Row> byRole(SnapshotTable table) {
    List<SnapshotTable.Row> rows = new ArrayList<>();
    for (String role : ROLES) {
      rows.addAll(table.rows("dimension", "role", "member", role));
    }
    rows.addAll(table.rows("dimension", "all"));
    return rows;
  }

  private String role(SnapshotTable.Row row) {
    return texts.code("role", row.text("member"));
  }

  private void gateways() {
    SnapshotTable shares = snapshot.table(ReportTable.SHARES);
    SnapshotTable traffic = snapshot.table(ReportTable.TRAFFIC);
    List<List<String>> rows = new ArrayList<>();
    for (SnapshotTable.Row row : traffic.rows("dimension", "gateway", "ip_version", "0")) {
      List<String> cells = new ArrayList<>(traffic(traffic, row.text("member"), row));
      cells.add(
          Figures.percent(
              shares.value(
                  "share_wire",
                  "dimension",
                  "gateway",
                  "member",
                  row.text("member"),
                  "direction",
                  row.text("direction")),
              2));
      rows.add(cells);
    }
    List<String> heads = new ArrayList<>(trafficHeads("-gateway"));
    heads.add("wire");
    table("data dense", "gateways", heads, rows);
  }

  // 3

  private void bandwidth() {
    heading("bandwidth");
    note("bandwidth");
    List<List<String>> rows = new ArrayList<>();
    SnapshotTable table = snapshot.table(ReportTable.BANDWIDTH);
    for (SnapshotTable.Row row : byRole(table)) {
      rows.add(
          List.of(
              role(row),
              Figures.gigabits(row.get("capacity_bps")),
              Figures.gigabits(row.get("ipv6_capacity_bps")),
              Figures.percent(row.get("ipv6_capacity_fraction"), 2),
              Figures.whole(row.get("links")),
              Figures.whole(row.get("ipv6_links"))));
    }
    table(
        "data",
        "bandwidth",
        List.of("-kind", "capacity", "capacity6", "fraction", "links", "links6"),
        rows);
    List<List<String>> targets = new ArrayList<>();
    for (SnapshotTable.Row row : snapshot.table(ReportTable.TARGETS).rows()) {
      targets.add(
          List.of(
              row.text("document"),
              row.text("due"),
              row.text("comparison") + " " + Figures.gigabits(row.get("target_bps")),
              Figures.gigabits(row.get("capacity_bps")),
              Figures.gigabits(row.get("gap_bps")),
              isTrue(row.get("is_due"))
                  ? texts.get(isTrue(row.get("met")) ? "yes" : "no")
                  : texts.get("not.due"),
              row.text("source")));
    }
    table(
        "data",
        "targets",
        List.of("-plan", "-due", "target", "reached", "gap", "-met", "-source"),
        targets);
    published();
  }

  private void published() {
    List<SnapshotTable.Row> rows = snapshot.table(ReportTable.PUBLISHED).rows();
    if (rows.isEmpty()) {
      return;
    }
    note("published");
    table(
        "data dense",
        "published",
        List.of("-asof", "-metric", "published", "-unit", "ours", "-source"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.text("as_of"),
                        row.text("metric").replace('_', ' '),
                        Figures.decimal(row.get("published_value"), 2),
                        row.text("unit"),
                        Figures.decimal(row.get("our_value"), 2),
                        row.text("source")))
            .toList());
  }

  // 4

  private void operators() {
    heading("operators");
    note("operators");
    List<List<String>> rows = new ArrayList<>();
    for (SnapshotTable.Row row : snapshot.table(ReportTable.SHARES).rows("dimension", "operator")) {
      rows.add(share(row.text("member"), row, true));
    }
    table(
        "data",
        "operators",
        List.of(
            "-operator", "-direction", "wire", "error", "native", "error", "payload", "coverage"),
        rows);
    SnapshotTable traffic = snapshot.table(ReportTable.TRAFFIC);
    SnapshotTable shares = snapshot.table(ReportTable.SHARES);
    List<List<String>> pairs = new ArrayList<>();
    traffic.rows("dimension", "operator_pair", "ip_version", "0").stream()
        .sorted(
            Comparator.comparingDouble((SnapshotTable.Row row) -> row.get("mean_bps").asDouble())
                .reversed())
        .limit(TOP_PAIRS)
        .forEach(
            row -> {
              List<String> cells = new ArrayList<>(traffic(traffic, row.text("member"), row));
              cells.remove(1);
              cells.add(
                  Figures.percent(
                      shares.value(
                          "share_wire", "dimension", "operator_pair", "member", row.text("member")),
                      2));
              pairs.add(cells);
            });
    List<String> heads = new ArrayList<>(trafficHeads("-pair"));
    heads.remove(1);
    heads.add("wire");
    table("data dense", "pairs", heads, pairs);
    matrix();
  }

  private void matrix() {
    note("matrix");
    SnapshotTable table = snapshot.table(ReportTable.MATRIX);
    List<String> operators =
        table.rows().stream().map(row -> row.text("from_operator")).distinct().sorted().toList();
    List<String> heads = new ArrayList<>(List.of(""));
    heads.addAll(operators);
    List<Boolean> numeric = new ArrayList<>(List.of(false));
    List<List<String>> rows = new ArrayList<>();
    for (String from : operators) {
      List<String> cells = new ArrayList<>(List.of(from));
      for (String to : operators) {
        List<SnapshotTable.Row> cell = table.rows("from_operator", from, "to_operator", to);
        cells.add(cell.isEmpty() ? "" : cell(cell.get(0)));
      }
      rows.add(cells);
      numeric.add(true);
    }
    html.table("data matrix", texts.get("table.matrix"), heads, numeric, rows);
  }

  private String cell(SnapshotTable.Row row) {
    String state = row.text("state");
    return state.equals("idle") || state.equals("not_interconnected")
        ? texts.get("state." + state)
        : Figures.percent(row.get("share_wire"), 1) + "\n" + Figures.gigabits(row.get("mean_bps"));
  }

  // 5

  private void regions() {
    heading("regions");
    SnapshotTable shares = snapshot.table(ReportTable.SHARES);
    List<SnapshotTable.Row> regions = shares.rows("dimension", "region");
    figure(
        "regions",
        new Chart(
            Chart.Kind.BAR,
            texts.get("chart.regions"),
            regions.stream().map(row -> texts.code("region", row.text("member"))).toList(),
            List.of(
                series("wire", regions, "share_wire"), series("native", regions, "share_native")),
            0.01,
            "%",
            100));
    List<String> heads =
        List.of("-region", "wire", "error", "native", "error", "payload", "coverage");
    table(
        "data",
        "regions",
        heads,
        regions.stream()
            .map(row -> share(texts.code("region", row.text("member")), row, false))
            .toList());
    List<String> provinceHeads = new ArrayList<>(heads);
    provinceHeads.set(0, "-province");
    table(
        "data",
        "provinces",
        provinceHeads,
        shares.rows("dimension", "province").stream()
            .map(row -> share(row.text("member"), row, false))
            .toList());
  }

  // 6

  private void mix() {
    heading("mix");
    SnapshotTable carriage = snapshot.table(ReportTable.CARRIAGE);
    List<String> members =
        ROLES.stream()
            .filter(role -> !carriage.rows("dimension", "role", "member", role).isEmpty())
            .toList();
    // The largest first: that is how they are stacked and named.
    List<String> carriages =
        carriage.rows("dimension", "all").stream()
            .sorted(
                Comparator.comparingDouble(
                        (SnapshotTable.Row row) -> row.get("fraction").asDouble())
                    .reversed())
            .map(row -> row.text("carriage"))
            .toList();
    List<Chart.Series> series = new ArrayList<>();
    for (String name : carriages) {
      List<JsonNode> values = new ArrayList<>();
      for (String member : members) {
        values.add(
            carriage.value("fraction", "dimension", "role", "member", member, "carriage", name));
      }
      series.add(new Chart.Series(texts.code("carriage", name), values));
    }
    figure(
        "mix",
        new Chart(
            Chart.Kind.STACKED_BAR,
            texts.get("chart.mix"),
            members.stream().map(member -> texts.code("role", member)).toList(),
            series,
            0.01,
            "%",
            130));
    note("mix");
    SnapshotTable shares = snapshot.table(ReportTable.SHARES);
    for (String role : ROLES) {
      String[] key = {"dimension", "role", "member", role, "direction", "both"};
      if (shares.value("share_payload_lower", key).isNumber()) {
        note(
            "bounds",
            texts.code("role", role),
            Figures.percent(shares.value("share_payload_lower", key), 2),
            Figures.percent(shares.value("share_payload_upper", key), 2),
            Figures.percent(shares.value("visibility_gap", key), 2));
      }
    }
    table(
        "data",
        "mix",
        List.of("-carriage", "-class", "-version", "fraction", "error"),
        snapshot
            .table(ReportTable.TRANSITION_MIX)
            .rows("dimension", "role", "member", "interconnect")
            .stream()
            .map(
                row ->
                    List.of(
                        texts.code("carriage", row.text("carriage")),
                        row.text("traffic_class"),
                        "IPv" + row.text("ip_version"),
                        Figures.percent(row.get("fraction"), 3),
                        Figures.plusMinus(row.get("fraction_error95"))))
            .toList());
  }

  // 7

  private void trend() {
    heading("trend");
    SnapshotTable table = snapshot.table(ReportTable.MONTHS);
    List<SnapshotTable.Row> rows = table.rows("dimension", "role", "member", "interconnect");
    List<String> months = rows.stream().map(row -> row.text("month").substring(0, 7)).toList();
    figure(
        "months",
        new Chart(
            Chart.Kind.LINE,
            texts.get("chart.months"),
            months,
            List.of(series("wire", rows, "share_wire"), series("native", rows, "share_native")),
            0.01,
            "%",
            120));
    List<SnapshotTable.Row> all = table.rows("dimension", "all");
    figure(
        "volume",
        new Chart(
            Chart.Kind.STACKED_AREA,
            texts.get("chart.volume"),
            all.stream().map(row -> row.text("month").substring(0, 7)).toList(),
            List.of(series("v4", all, "mean_bps_v4"), series("v6", all, "mean_bps_v6")),
            1e9,
            "Gbit/s",
            120));
    table(
        "data",
        "months",
        List.of(
            "-month",
            "wire",
            "error",
            "native",
            "points.month",
            "points.year",
            "mean",
            "mean6",
            "growth4",
            "growth6",
            "coverage"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.text("month").substring(0, 7),
                        Figures.percent(row.get("share_wire"), 2),
                        Figures.plusMinus(row.get("share_wire_error95")),
                        Figures.percent(row.get("share_native"), 2),
                        Figures.points(row.get("share_wire_change_month")),
                        Figures.points(row.get("share_wire_change_year")),
                        Figures.gigabits(row.get("mean_bps")),
                        Figures.gigabits(row.get("mean_bps_v6")),
                        Figures.growth(row.get("growth_v4_year")),
                        Figures.growth(row.get("growth_v6_year")),
                        Figures.percent(row.get("coverage"), 2)))
            .toList());
  }

  // 8

  private void links() {
    heading("links");
    note("links");
    List<List<String>> rows = new ArrayList<>();
    SnapshotTable table = snapshot.table(ReportTable.LINKS);
    for (String role : ROLES) {
      for (SnapshotTable.Row row : table.rows("role", role)) {
        rows.add(
            List.of(
                row.text("link"),
                row.text("from_operator"),
                row.text("to_operator"),
                Figures.gigabits(row.get("capacity_bps")),
                Figures.gigabits(row.get("mean_bps")),
                Figures.gigabits(row.get("p95_bps")),
                Figures.gigabits(row.get("p99_bps")),
                Figures.gigabits(row.get("peak_bps")),
                Figures.time(row.get("peak_at"), snapshot.zone()),
                Figures.percent(row.get("utilisation_p95"), 1),
                Figures.percent(row.get("share_wire"), 1),
                Figures.plusMinus(row.get("share_wire_error95")),
                Figures.whole(row.get("missing_samples"))));
      }
    }
    table(
        "data dense",
        "links",
        List.of(
            "-link",
            "-from",
            "-to",
            "capacity",
            "mean",
            "p95",
            "p99",
            "peak",
            "-at",
            "utilisation",
            "wire",
            "error",
            "missing"),
        rows);
  }

  // 9

  private void changes() {
    heading("changes");
    List<SnapshotTable.Row> changes = snapshot.table(ReportTable.CHANGES).rows();
    if (changes.isEmpty()) {
      note("changes.none");
    } else {
      table(
          "data",
          "changes",
          List.of("-day", "-change", "-link", "-from", "-to", "before", "after"),
          changes.stream()
              .map(
                  row ->
                      List.of(
                          row.text("on_day"),
                          texts.code("change", row.text("kind")),
                          row.text("link"),
                          row.text("a_operator"),
                          row.text("b_operator"),
                          Figures.gigabits(row.get("capacity_before_bps")),
                          Figures.gigabits(row.get("capacity_bps"))))
              .toList());
    }
    List<SnapshotTable.Row> runout = snapshot.table(ReportTable.RUNOUT).rows();
    if (runout.isEmpty()) {
      note("runout.none");
      return;
    }
    note("runout");
    table(
        "data",
        "runout",
        List.of("-link", "-from", "-to", "utilisation", "-day", "-earliest", "-latest"),
        runout.stream()
            .map(
                row ->
                    List.of(
                        row.text("link"),
                        row.text("from_operator"),
                        row.text("to_operator"),
                        Figures.percent(row.get("utilisation"), 1),
                        row.text("reached_on"),
                        Figures.text(row.get("reached_earliest")),
                        Figures.text(row.get("reached_latest"))))
            .toList());
  }

  // 10

  private void quality() {
    heading("quality");
    note("quality");
    table(
        "data",
        "quality",
        List.of(
            "-operator", "exporters", "silent", "coverage", "loss", "unknown", "clock", "records"),
        snapshot.table(ReportTable.QUALITY).rows().stream()
            .map(
                row ->
                    List.of(
                        row.is("operator", "all")
                            ? texts.get("operator.all")
                            : row.text("operator"),
                        Figures.whole(row.get("exporters")),
                        Figures.whole(row.get("silent_exporters")),
                        Figures.percent(row.get("coverage"), 2),
                        Figures.percent(row.get("loss"), 4),
                        Figures.percent(row.get("sampling_unknown"), 4),
                        Figures.percent(row.get("clock_suspect"), 4),
                        Figures.whole(row.get("flow_records"))))
            .toList());
    gaps();
    List<SnapshotTable.Row> unattributed = snapshot.table(ReportTable.UNATTRIBUTED).rows();
    if (!unattributed.isEmpty()) {
      note("unattributed");
      table(
          "data",
          "unattributed",
          List.of("-reason", "-version", "octets", "records"),
          unattributed.stream()
              .map(
                  row ->
                      List.of(
                          row.text("reason"),
                          row.is("ip_version", "0") ? Figures.NONE : "IPv" + row.text("ip_version"),
                          Figures.whole(row.get("octets")),
                          Figures.whole(row.get("records"))))
              .toList());
    }
    List<SnapshotTable.Row> reissues = snapshot.table(ReportTable.REISSUES).rows();
    note(reissues.isEmpty() ? "reissues.none" : "reissues");
    if (!reissues.isEmpty()) {
      table(
          "data",
          "reissues",
          List.of("-at", "-from", "-to", "-reason"),
          reissues.stream()
              .map(
                  row ->
                      List.of(
                          row.text("issued_at"),
                          Figures.time(row.get("from"), snapshot.zone()),
                          Figures.time(row.get("until"), snapshot.zone()),
                          row.text("reason")))
              .toList());
    }
  }

  private void gaps() {
    List<SnapshotTable.Row> gaps = snapshot.table(ReportTable.GAPS).rows();
    if (gaps.isEmpty()) {
      note("gaps.none");
      return;
    }
    note("gaps", gaps.size());
    table(
        "data",
        "gaps",
        List.of("-day", "-link", "-from", "-to", "coverage"),
        gaps.stream()
            .sorted(Comparator.comparingDouble(row -> row.get("coverage").asDouble()))
            .limit(TOP_GAPS)
            .map(
                row ->
                    List.of(
                        row.text("day"),
                        row.text("link"),
                        row.text("from_operator"),
                        row.text("to_operator"),
                        Figures.percent(row.get("coverage"), 2)))
            .toList());
  }

  // 11

  private void method() {
    heading("method");
    for (String key : List.of("octets", "once", "sampling")) {
      html.element("p", texts.get("method." + key));
    }
    html.element("p", texts.get("method.time", snapshot.zone().getId()));
    for (String key : List.of("shares", "tunnels", "sums", "reproduce")) {
      html.element("p", texts.get("method." + key));
    }
    table(
        "data dense",
        "definitions",
        List.of("-definition", "-edition", "-unit", "-formula", "-source"),
        snapshot.table(ReportTable.DEFINITIONS).rows().stream()
            .map(
                row ->
                    List.of(
                        row.text("definition"),
                        "v" + row.text("version"),
                        row.text("unit"),
                        row.text("formula"),
                        row.text("source")))
            .toList());
  }

  // 12

  private void difference() {
    if (issue == null) {
      return;
    }
    heading("difference");
    html.element(
        "p",
        texts.get(
            "note.difference",
            issue.number(),
            issue.number() - 1,
            issue.before(),
            issue.changes().size(),
            issue.reason().isEmpty() ? Figures.NONE : issue.reason()));
    if (issue.changes().isEmpty()) {
      note("difference.none");
      return;
    }
    table(
        "data dense",
        "difference",
        List.of("-table", "-row", "-column", "before", "after"),
        issue.changes().stream()
            .limit(TOP_CHANGES)
            .map(
                change ->
                    List.of(
                        change.table(),
                        change.row(),
                        change.column().isEmpty() ? Figures.NONE : change.column(),
                        Figures.text(change.before()),
                        Figures.text(change.after())))
            .toList());
    if (issue.changes().size() > TOP_CHANGES) {
      note("difference.more", TOP_CHANGES);
    }
  }

  private static boolean isTrue(JsonNode flag) {
    return flag.asBoolean() || flag.asInt() != 0;
  }
}
