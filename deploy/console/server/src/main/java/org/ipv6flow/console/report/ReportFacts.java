package org.ipv6flow.console.report;

import java.util.List;

/** What a report is, for the formats that hold nothing but tables. */
final class ReportFacts {

  private ReportFacts() {}

  /** Names and values. */
  static List<List<String>> of(Snapshot snapshot) {
    return List.of(
        List.of("month", snapshot.month().toString()),
        List.of("time_zone", snapshot.zone().getId()),
        List.of("from", snapshot.from().toString()),
        List.of("until", snapshot.until().toString()),
        List.of("provisional", Boolean.toString(snapshot.isProvisional())),
        List.of("synthetic", Boolean.toString(snapshot.isSynthetic())),
        List.of("completeness", snapshot.completeness().asText()),
        List.of("inventory_version", snapshot.text("inventory_version")),
        List.of("inventory_checksum", snapshot.text("inventory_checksum")),
        List.of("software", snapshot.text("software")),
        List.of("sha256", snapshot.sha256()));
  }
}
