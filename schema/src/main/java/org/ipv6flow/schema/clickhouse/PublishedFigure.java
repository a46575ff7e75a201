package org.ipv6flow.schema.clickhouse;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A figure that others published, to stand beside ours.
 *
 * @param asOf the time it is of, as exact as its source
 * @param month the first day of that month; null if the source is less exact
 * @param source where the figure was read, and how good that is
 */
record PublishedFigure(
    String asOf,
    @Nullable LocalDate month,
    String metric,
    double value,
    String unit,
    String source) {

  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");

  /** What this release knows of. */
  static List<PublishedFigure> load() {
    return CsvResource.load(
        "published-figures.csv",
        row ->
            new PublishedFigure(
                row.get("as_of"),
                month(row.get("as_of")),
                row.get("metric"),
                Double.parseDouble(row.get("value")),
                row.get("unit"),
                row.get("source")));
  }

  private static @Nullable LocalDate month(String asOf) {
    return MONTH.matcher(asOf).matches() ? LocalDate.parse(asOf + "-01") : null;
  }
}
