package org.ipv6flow.embedded.clickhouse.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbConnection;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbInsert;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbResult;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbResult.Summary;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbStream;

/** Runs one statement on one connection and writes its result. */
final class StatementRunner {

  private static final String ROW_BINARY = "RowBinaryWithNamesAndTypes";

  /** Formats whose chunks can simply follow each other; of others the result is made whole. */
  private static final Set<String> STREAMED =
      Set.of(
          ROW_BINARY,
          "RowBinary",
          "Native",
          "JSONEachRow",
          "JSONCompactEachRow",
          "TabSeparated",
          "TabSeparatedRaw",
          "TSV",
          "TSVRaw",
          "CSV");

  private static final int SYNTAX_ERROR = 62;
  private static final int COPY_BYTES = 1 << 16;

  private final ChdbConnection connection;
  private final Map<String, String> parameters;
  private final byte[] copy = new byte[COPY_BYTES];

  StatementRunner(ChdbConnection connection, Map<String, String> parameters) {
    this.connection = connection;
    this.parameters = parameters;
  }

  /** Feeds the data of an INSERT; nothing is committed if {@code body} breaks off. */
  Summary insert(StatementReader.Statement statement, String format, InputStream body)
      throws ChdbException, IOException {
    try (ChdbInsert insert = connection.insert(statement.sql(), format, parameters)) {
      insert.append(statement.firstData(), 0, statement.firstData().length);
      for (int count = body.read(copy); count >= 0; count = body.read(copy)) {
        insert.append(copy, 0, count);
      }
      return insert.commit();
    }
  }

  /** Runs any other statement; {@code format} is used unless the statement names one. */
  Summary query(byte[] sql, String format, OutputStream out) throws ChdbException, IOException {
    StatementText text = new StatementText(sql);
    requireSingle(text);
    String named = text.format();
    String actual = named == null ? format : named;
    if (text.isSelect() && STREAMED.contains(actual)) {
      return stream(text, actual, out);
    }
    return materialise(text.rewritten(), actual, out);
  }

  private void requireSingle(StatementText text) throws ChdbException {
    if (text.isBlank()) {
      throw ChdbException.of(SYNTAX_ERROR, "SYNTAX_ERROR", "Syntax error: Empty query");
    }
    // The engine would run them all, which a server refuses.
    if (connection.statementCount(text.sql()) > 1) {
      throw ChdbException.of(
          SYNTAX_ERROR, "SYNTAX_ERROR", "Syntax error (Multi-statements are not allowed)");
    }
  }

  private Summary materialise(byte[] sql, String format, OutputStream out)
      throws ChdbException, IOException {
    try (ChdbResult result = connection.query(sql, format, parameters)) {
      copy(result, 0, out);
      return result.summary();
    }
  }

  private Summary stream(StatementText text, String format, OutputStream out)
      throws ChdbException, IOException {
    boolean hasHeader = format.equals(ROW_BINARY);
    boolean first = true;
    Summary summary = Summary.NONE;
    try (ChdbStream stream = connection.stream(text.sql(), format, parameters)) {
      for (ChdbResult chunk = stream.next(); chunk != null; chunk = stream.next()) {
        try (ChdbResult current = chunk) {
          copy(current, hasHeader && !first ? headerLength(current) : 0, out);
          summary = current.summary();
        }
        first = false;
      }
    }
    if (first && hasHeader) {
      writeHeader(text, out);
    }
    return summary;
  }

  /** A stream without rows gives no header, which the driver needs nevertheless. */
  private void writeHeader(StatementText text, OutputStream out) throws ChdbException, IOException {
    String select = new String(text.withoutFormat(), StandardCharsets.ISO_8859_1).strip();
    String bare = select.endsWith(";") ? select.substring(0, select.length() - 1) : select;
    // The line end closes a comment at the end of the statement.
    byte[] none = ("SELECT * FROM (" + bare + "\n) LIMIT 0").getBytes(StandardCharsets.ISO_8859_1);
    try {
      materialise(none, ROW_BINARY, out);
    } catch (ChdbException e) {
      materialise(text.sql(), ROW_BINARY, out);
    }
  }

  private static long headerLength(ChdbResult chunk) {
    for (long size = 1 << 12; ; size = Math.min(size * 8, chunk.length())) {
      byte[] start = new byte[Math.toIntExact(Math.min(size, chunk.length()))];
      chunk.read(0, start, start.length);
      int length = RowBinaryHeader.length(start, start.length);
      if (length >= 0) {
        return length;
      }
      if (start.length == chunk.length()) {
        throw new IllegalStateException("a chunk of " + ROW_BINARY + " without a header");
      }
    }
  }

  private void copy(ChdbResult result, long from, OutputStream out) throws IOException {
    for (long offset = from; offset < result.length(); offset += COPY_BYTES) {
      int count = (int) Math.min(COPY_BYTES, result.length() - offset);
      result.read(offset, copy, count);
      out.write(copy, 0, count);
    }
  }
}
