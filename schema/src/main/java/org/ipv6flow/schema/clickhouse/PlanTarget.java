package org.ipv6flow.schema.clickhouse;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

  private static final String RESOURCE = "/org/ipv6flow/schema/inventory/plan-targets.csv";

  /** The targets of the plan of 2017-11-26 and of the plans that followed it. */
  static List<PlanTarget> load() {
    try (InputStream in = PlanTarget.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("resource " + RESOURCE + " is missing");
      }
      List<PlanTarget> targets = new ArrayList<>();
      try (MappingIterator<Map<String, String>> rows =
          new CsvMapper()
              .readerFor(Map.class)
              .with(CsvSchema.emptySchema().withHeader())
              .readValues(in)) {
        while (rows.hasNext()) {
          targets.add(of(rows.next()));
        }
      }
      return List.copyOf(targets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PlanTarget of(Map<String, String> row) {
    return new PlanTarget(
        field(row, "document"),
        field(row, "date_issued"),
        LocalDate.parse(field(row, "deadline")),
        field(row, "metric"),
        field(row, "operator"),
        Double.parseDouble(field(row, "value")),
        field(row, "unit"),
        field(row, "source"));
  }

  private static String field(Map<String, String> row, String name) {
    return Objects.requireNonNull(row.get(name), () -> RESOURCE + " lacks the column " + name);
  }
}
