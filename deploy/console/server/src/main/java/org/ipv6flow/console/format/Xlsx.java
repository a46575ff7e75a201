package org.ipv6flow.console.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.ipv6flow.console.query.Table;

/** A workbook of a table: numbers as numbers, unscaled; a second sheet says what they are. */
public final class Xlsx {

  public static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static final int WIDTH = 18;

  /** Excel holds 15 digits: larger whole numbers are written as text, exact. */
  private static final double EXACT = 1e15;

  private Xlsx() {}

  public static byte[] write(Table table) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(out, "ipv6flow", "1.0")) {
      data(workbook.newWorksheet("data"), table);
      definitions(workbook.newWorksheet("definitions"), table.meta());
      workbook.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void data(Worksheet sheet, Table table) {
    ArrayNode columns = table.columns();
    for (int i = 0; i < columns.size(); i++) {
      String unit = columns.get(i).path("unit").asText();
      String name = columns.get(i).path("name").asText();
      sheet.value(0, i, unit.isEmpty() ? name : name + " [" + unit + "]");
      sheet.style(0, i).bold().set();
      sheet.width(i, WIDTH);
      JsonNode values = table.result().data().path(name);
      for (int row = 0; row < table.result().rows(); row++) {
        cell(sheet, row + 1, i, values.path(row));
      }
    }
    sheet.freezePane(0, 1);
  }

  private static void cell(Worksheet sheet, int row, int column, JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return;
    }
    if (value.isBoolean()) {
      sheet.value(row, column, value.booleanValue());
    } else if (value.isNumber()
        && (!value.isIntegralNumber() || Math.abs(value.doubleValue()) < EXACT)) {
      sheet.value(row, column, value.decimalValue());
    } else {
      sheet.value(row, column, Csv.text(value));
    }
  }

  private static void definitions(Worksheet sheet, ObjectNode meta) {
    int row = 0;
    for (String name :
        List.of(
            "from",
            "to",
            "bucketTimeZone",
            "resolutionSeconds",
            "population",
            "direction",
            "unit",
            "coverage",
            "loss",
            "provisional",
            "asOf",
            "synthetic",
            "rows",
            "truncated",
            "suppressedCells",
            "table",
            "error95",
            "sql")) {
      sheet.value(row, 0, name);
      cell(sheet, row++, 1, meta.path(name));
    }
    row++;
    List<String> heads =
        List.of("id", "version", "column", "unit", "population", "direction", "formula", "source");
    for (int i = 0; i < heads.size(); i++) {
      sheet.value(row, i, heads.get(i));
      sheet.style(row, i).bold().set();
      sheet.width(i, WIDTH);
    }
    for (JsonNode definition : meta.path("definitions")) {
      row++;
      for (int i = 0; i < heads.size(); i++) {
        cell(sheet, row, i, definition.path(heads.get(i)));
      }
    }
  }
}
