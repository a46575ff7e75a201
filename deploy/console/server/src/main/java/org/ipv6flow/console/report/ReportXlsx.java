package org.ipv6flow.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A workbook: what it is, then a sheet for each table; numbers as numbers, unscaled. */
final class ReportXlsx {

  private static final int WIDTH = 16;

  /** Excel holds 15 digits: larger whole numbers are written as text, exact. */
  private static final double EXACT = 1e15;

  private ReportXlsx() {}

  static byte[] write(Snapshot snapshot, Texts texts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(out, "ipv6flow", "1.0")) {
      cover(workbook.newWorksheet("report"), snapshot, texts);
      for (SnapshotTable table : snapshot.tables()) {
        sheet(workbook.newWorksheet(table.id()), table);
      }
      workbook.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void cover(Worksheet sheet, Snapshot snapshot, Texts texts) {
    int row = 0;
    sheet.value(row, 0, texts.get("title"));
    sheet.style(row++, 0).bold().fontSize(14).set();
    for (List<String> line : ReportFacts.of(snapshot)) {
      sheet.value(row, 0, line.get(0));
      sheet.value(row++, 1, line.get(1));
    }
    sheet.width(0, 22);
    sheet.width(1, 70);
  }

  private static void sheet(Worksheet sheet, SnapshotTable table) {
    List<String> columns = table.columns();
    for (int i = 0; i < columns.size(); i++) {
      String unit = table.unit(columns.get(i));
      sheet.value(0, i, unit.isEmpty() ? columns.get(i) : columns.get(i) + " [" + unit + "]");
      sheet.style(0, i).bold().set();
      sheet.width(i, WIDTH);
    }
    int number = 1;
    for (SnapshotTable.Row row : table.rows()) {
      for (int i = 0; i < columns.size(); i++) {
        cell(sheet, number, i, row.at(i));
      }
      number++;
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
      sheet.value(row, column, value.asText());
    }
  }
}
