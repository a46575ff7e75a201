package org.ipv6flow.schema.clickhouse;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A table that comes with the release: a CSV file with a header. */
final class CsvResource {

  private static final String FOLDER = "/org/ipv6flow/schema/inventory/";

  /** A row of a file, by column. */
  static final class Row {

    private final String resource;
    private final Map<String, String> fields;

    private Row(String resource, Map<String, String> fields) {
      this.resource = resource;
      this.fields = fields;
    }

    String get(String column) {
      return Objects.requireNonNull(
          fields.get(column), () -> resource + " lacks the column " + column);
    }
  }

  private CsvResource() {}

  static <T> List<T> load(String fileName, Function<Row, T> constructor) {
    String resource = FOLDER + fileName;
    try (InputStream in = CsvResource.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      List<T> all = new ArrayList<>();
      try (MappingIterator<Map<String, String>> rows =
          new CsvMapper()
              .readerFor(Map.class)
              .with(CsvSchema.emptySchema().withHeader())
              .readValues(in)) {
        while (rows.hasNext()) {
          all.add(constructor.apply(new Row(resource, rows.next())));
        }
      }
      return List.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
