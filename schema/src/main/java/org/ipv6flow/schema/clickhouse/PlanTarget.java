package org.ipv6flow.schema.clickhouse;

import java.time.LocalDate;
import java.util.List;

/**
 * A number that a national plan asks for by a date.
 *
 * @param issued date of the document, as exact as it is known
 * @param comparison {@code >=}, {@code >} or {@code =}
 * @param source where the number was read
 */
record PlanTarget(
    String document,
    String issued,
    LocalDate due,
    String metric,
    String comparison,
    double value,
    String unit,
    String source) {

  /** The targets of the plan of 2017-11-26 and of the plans that followed it. */
  static List<PlanTarget> load() {
    return CsvResource.load(
        "plan-targets.csv",
        row ->
            new PlanTarget(
                row.get("document"),
                row.get("date_issued"),
                LocalDate.parse(row.get("deadline")),
                row.get("metric"),
                row.get("operator"),
                Double.parseDouble(row.get("value")),
                row.get("unit"),
                row.get("source")));
  }
}
