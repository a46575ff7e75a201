package org.ipv6flow.console.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.ipv6flow.console.testing.SmallNation;
import org.ipv6flow.console.testing.StoreForTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The report of a month whose numbers are known, in every format. */
class ReportIT {

  private static final YearMonth MONTH = YearMonth.of(2026, 10);
  private static final ReportPeriod PERIOD = new ReportPeriod(MONTH, ZoneId.of("Asia/Shanghai"));

  private static StoreForTests store;

  /** Three days of L1: 30 % IPv6 in each of ten hours; L2 is silent, R2 is not heard. */
  @BeforeAll
  static void fill(@TempDir Path directory) throws Exception {
    store = new StoreForTests(directory);
    Instant begin = PERIOD.from();
    for (int day = 0; day < 3; day++) {
      for (int hour = 0; hour < 10; hour++) {
        Instant bucket = begin.plusSeconds(day * 86_400L + hour * 3_600L);
        store.load(bucket, "L1", "v6_native", 0.3 + hour / 100.0);
        store.load(bucket, "L1", "v4_native", 2.0 / 3 * (0.3 + hour / 100.0) + 0.1);
      }
      store.status(SmallNation.R1, begin.plusSeconds(day * 86_400L), 600, 1, 0);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void numbersAreThoseOfTheViews() throws Exception {
    Snapshot snapshot = read();

    assertThat(
            snapshot
                .table(ReportTable.SHARES)
                .value("share_wire", "dimension", "role", "member", "interconnect")
                .asText())
        .isEqualTo(
            store.value(
                """
                SELECT toString(share_wire) FROM ipv6flow.def_ipv6_share_v1(
                  from = '2026-09-30 16:00:00', until = '2026-10-31 16:00:00')
                WHERE dimension = 'role' AND member = 'interconnect'
                """));
    assertThat(snapshot.table(ReportTable.LINKS).rows()).hasSize(4);
    assertThat(snapshot.isSynthetic()).isFalse();
    assertThat(snapshot.completeness().asDouble())
        .as("1800 minutes of one of two exporters")
        .isEqualTo(1800 / (2.0 * 31 * 1440));
  }

  /** However the rows lie in the store. */
  @Test
  void sameDataGiveTheSameOctets() throws Exception {
    Snapshot first = read();
    for (String table : List.of("link_traffic_1d", "link_traffic_5m", "exporter_quality_1d")) {
      store.execute("OPTIMIZE TABLE ipv6flow." + table + " FINAL");
    }
    Snapshot second = read();

    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(second.octets()).isEqualTo(first.octets());
    assertThat(Snapshot.read(first.octets()).octets()).isEqualTo(first.octets());
    assertThat(ReportCsv.write(second))
        .allSatisfy(
            (table, content) -> assertThat(content).isEqualTo(ReportCsv.write(first).get(table)));
    assertThat(ReportCsv.write(first).get("report"))
        .asString(StandardCharsets.UTF_8)
        .contains("sha256," + first.sha256());
  }

  @Test
  void workbookHoldsEveryValueToTheLastDigit() throws Exception {
    Snapshot snapshot = read();

    Map<String, Document> sheets = sheets(ReportXlsx.write(snapshot, new Texts("zh-CN")));

    int number = 1;
    int compared = 0;
    for (SnapshotTable table : snapshot.tables()) {
      Document sheet = Objects.requireNonNull(sheets.get("sheet" + ++number));
      Map<String, String> cells = cells(sheet);
      List<SnapshotTable.Row> rows = table.rows();
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < table.columns().size(); column++) {
          JsonNode value = rows.get(row).at(column);
          if (value.isNumber() && Math.abs(value.asDouble()) < 1e15) {
            assertThat(
                    new BigDecimal(Objects.requireNonNull(cells.get(reference(row + 2, column)))))
                .as(table.id() + " " + table.columns().get(column))
                .isEqualByComparingTo(value.decimalValue());
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(300);
  }

  @Test
  void pdfSaysInBothLanguagesWhatTheViewsSay() throws Exception {
    Optional<Path> font = ReportFonts.find(null);
    assumeTrue(font.isPresent(), ReportFonts::advice);
    Snapshot snapshot = read();

    for (String language : ReportWriter.LANGUAGES) {
      byte[] pdf =
          ReportPdf.write(new ReportHtml(snapshot, new Texts(language), null).write(), font.get());
      String text;
      try (PDDocument document = Loader.loadPDF(pdf)) {
        assertThat(document.getNumberOfPages()).isBetween(4, 20);
        text = new PDFTextStripper().getText(document);
      }
      assertThat(text).contains(snapshot.sha256()).contains(new Texts(language).get("title"));
      for (SnapshotTable.Row row : snapshot.table(ReportTable.LINKS).rows()) {
        if (row.get("p95_bps").isNumber()) {
          assertThat(text)
              .contains(row.text("link"))
              .contains(Figures.gigabits(row.get("mean_bps")))
              .contains(Figures.gigabits(row.get("p95_bps")))
              .contains(Figures.gigabits(row.get("peak_bps")));
        }
      }
      for (SnapshotTable.Row row : snapshot.table(ReportTable.SHARES).rows("dimension", "role")) {
        if (row.get("share_wire").isNumber()) {
          assertThat(text).contains(Figures.percent(row.get("share_wire"), 2));
        }
      }
    }
  }

  /** A later issue says what it says otherwise. */
  @Test
  void newIssueListsWhatDiffers() throws Exception {
    Snapshot before = read();
    Instant late = PERIOD.from().plusSeconds(20 * 86_400L);
    store.load(late, "L1", "v6_native", 0.5);
    Snapshot after;
    try {
      after = read();
    } finally {
      store.execute(
          "ALTER TABLE ipv6flow.link_traffic_1d DELETE WHERE bucket >= '2026-10-20' SETTINGS"
              + " mutations_sync = 2");
      store.execute(
          "ALTER TABLE ipv6flow.link_traffic_5m DELETE WHERE bucket >= '2026-10-20' SETTINGS"
              + " mutations_sync = 2");
      store.execute(
          "ALTER TABLE ipv6flow.link_totals_5m DELETE WHERE bucket >= '2026-10-20' SETTINGS"
              + " mutations_sync = 2");
      store.execute(
          "ALTER TABLE ipv6flow.link_traffic_1h DELETE WHERE bucket >= '2026-10-20' SETTINGS"
              + " mutations_sync = 2");
    }

    List<SnapshotDifference.Change> changes = SnapshotDifference.between(before, after);
    Map<String, byte[]> files =
        new ReportWriter(Optional.empty())
            .write(after, before, 2, "late data", EnumSet.of(ReportFormat.HTML), List.of("en"));

    assertThat(changes)
        .anySatisfy(
            change -> {
              assertThat(change.table()).isEqualTo("shares");
              assertThat(change.row()).isEqualTo("role interconnect both");
              assertThat(change.column()).isEqualTo("share_wire");
            });
    assertThat(SnapshotDifference.between(before, before)).isEmpty();
    assertThat(files).containsKey("ipv6flow-2026-10.differences.csv");
    assertThat(new String(files.get("ipv6flow-2026-10.en.html"), StandardCharsets.UTF_8))
        .contains(before.sha256())
        .contains("late data");
  }

  /** Nothing from anywhere else is loaded, and it is XML. */
  @Test
  void htmlStandsAlone() throws Exception {
    Snapshot snapshot = read();
    for (String language : ReportWriter.LANGUAGES) {
      String html = new ReportHtml(snapshot, new Texts(language), null).write();

      assertThat(html)
          .doesNotContain("src=")
          .doesNotContain("url(")
          .doesNotContain("<script")
          .doesNotContain("{0}");
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static Snapshot read() throws Exception {
    return new SnapshotReader(store.account(), "test").read(PERIOD);
  }

  private static Map<String, Document> sheets(byte[] workbook) throws Exception {
    Path file = Files.createTempFile("report", ".xlsx");
    Map<String, Document> sheets = new LinkedHashMap<>();
    try {
      Files.write(file, workbook);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          if (entry.getName().matches("xl/worksheets/sheet[0-9]+\\.xml")) {
            sheets.put(
                entry.getName().replaceAll(".*/|\\.xml", ""),
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(zip.getInputStream(entry)));
          }
        }
      }
    } finally {
      Files.delete(file);
    }
    return sheets;
  }

  /** Values of the cells that hold numbers, by reference. */
  private static Map<String, String> cells(Document sheet) {
    Map<String, String> cells = new LinkedHashMap<>();
    NodeList all = sheet.getElementsByTagName("c");
    for (int i = 0; i < all.getLength(); i++) {
      Element cell = (Element) all.item(i);
      NodeList value = cell.getElementsByTagName("v");
      if (value.getLength() > 0) {
        cells.put(cell.getAttribute("r"), value.item(0).getTextContent());
      }
    }
    return cells;
  }

  private static String reference(int row, int column) {
    List<Character> letters = new ArrayList<>();
    for (int n = column; n >= 0; n = n / 26 - 1) {
      letters.add(0, (char) ('A' + n % 26));
    }
    StringBuilder reference = new StringBuilder();
    letters.forEach(reference::append);
    return reference.append(row).toString();
  }
}
