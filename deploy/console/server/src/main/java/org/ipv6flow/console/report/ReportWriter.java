package org.ipv6flow.console.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a snapshot in all formats and languages that are asked for. */
public final class ReportWriter {

  /** Languages there are texts in. */
  public static final List<String> LANGUAGES = List.of("zh-CN", "en");

  static final String CHECKSUMS = "SHA256SUMS";

  private final Optional<Path> font;

  /**
   * @param font for PDF; empty: there is none, and PDF is left out
   */
  public ReportWriter(Optional<Path> font) {
    this.font = font;
  }

  /**
   * Files by name; the last holds the checksums of the others, as sha256sum checks them. PDF is
   * missing where there is no font.
   *
   * @param before the issue before; null for a first one
   * @param issue number of this issue
   */
  public Map<String, byte[]> write(
      Snapshot snapshot,
      @Nullable Snapshot before,
      int issue,
      String reason,
      Set<ReportFormat> formats,
      Collection<String> languages)
      throws IOException {
    String name = "ipv6flow-" + snapshot.month();
    Map<String, byte[]> files = new LinkedHashMap<>();
    ReportHtml.Issue difference =
        before == null
            ? null
            : new ReportHtml.Issue(
                issue, before.sha256(), reason, SnapshotDifference.between(before, snapshot));
    for (String language : languages) {
      Texts texts = new Texts(language);
      boolean isPdf = formats.contains(ReportFormat.PDF) && font.isPresent();
      if (formats.contains(ReportFormat.HTML) || isPdf) {
        String html = new ReportHtml(snapshot, texts, difference).write();
        if (formats.contains(ReportFormat.HTML)) {
          files.put(name + "." + language + ".html", html.getBytes(StandardCharsets.UTF_8));
        }
        if (isPdf) {
          files.put(name + "." + language + ".pdf", ReportPdf.write(html, font.get()));
        }
      }
      if (formats.contains(ReportFormat.XLSX)) {
        files.put(name + "." + language + ".xlsx", ReportXlsx.write(snapshot, texts));
      }
    }
    if (formats.contains(ReportFormat.CSV)) {
      ReportCsv.write(snapshot)
          .forEach((table, content) -> files.put(name + "." + table + ".csv", content));
    }
    if (difference != null) {
      files.put(name + ".differences.csv", ReportCsv.write(difference.changes()));
    }
    // The numbers themselves are always there: without them nothing can be compared later.
    files.put(name + ".json", snapshot.octets());
    StringBuilder sums = new StringBuilder();
    files.forEach(
        (file, content) ->
            sums.append(Snapshot.sha256(content)).append("  ").append(file).append('\n'));
    files.put(CHECKSUMS, sums.toString().getBytes(StandardCharsets.UTF_8));
    return files;
  }
}
