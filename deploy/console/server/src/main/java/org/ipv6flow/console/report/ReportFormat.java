package org.ipv6flow.console.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a report can be written as. */
public enum ReportFormat {
  HTML("text/html; charset=utf-8"),
  PDF("application/pdf"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  CSV("text/csv; charset=utf-8; header=present"),
  JSON("application/json");

  private final String mediaType;

  ReportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ReportFormat> of(String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  /** By the end of a file's name. */
  static String mediaType(String file) {
    return of(file.substring(file.lastIndexOf('.') + 1))
        .map(ReportFormat::mediaType)
        .orElse("text/plain; charset=utf-8");
  }
}
