package org.ipv6flow.embedded.clickhouse.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statement of a request and leaves the data of an INSERT in the body.
 *
 * <p>The statement is in the {@code query} parameter, in the body, or begins in one and goes on in
 * the other.
 */
final class StatementReader {

  /** Far above the engine's max_query_size, which is what a statement meets first. */
  private static final int MAX_STATEMENT_BYTES = 16 << 20;

  private static final int STEP_BYTES = 1 << 16;
  private static final int SYNTAX_ERROR = 62;

  private final InputStream body;
  private byte[] text;
  private int length;
  private boolean complete;

  private StatementReader(String query, InputStream body) {
    this.body = body;
    String start = query.isEmpty() ? "" : query + "\n";
    this.text = start.getBytes(StandardCharsets.UTF_8);
    this.length = text.length;
  }

  /**
   * What a request asks for.
   *
   * @param sql the statement; for an INSERT with data without its FORMAT or VALUES clause
   * @param dataFormat format of the data, or null if no data belongs to the statement
   * @param firstData data that was read with the statement; the rest is in the body
   */
  record Statement(byte[] sql, @Nullable String dataFormat, byte[] firstData) {}

  static Statement read(String query, InputStream body) throws IOException, ChdbException {
    return new StatementReader(query, body).read();
  }

  private Statement read() throws IOException, ChdbException {
    while (true) {
      InsertSplitter.Split split = InsertSplitter.split(text, length, complete);
      switch (split.kind()) {
        case DATA -> {
          return new Statement(
              Arrays.copyOf(text, split.statementEnd()),
              split.format(),
              Arrays.copyOfRange(text, split.dataStart(), length));
        }
        case STATEMENT -> {
          while (!complete) {
            readMore();
          }
          return new Statement(Arrays.copyOf(text, length), null, new byte[0]);
        }
        case UNDECIDED -> readMore();
      }
    }
  }

  private void readMore() throws IOException, ChdbException {
    if (length >= MAX_STATEMENT_BYTES) {
      throw ChdbException.of(
          SYNTAX_ERROR,
          "SYNTAX_ERROR",
          "The statement has more than %d octets".formatted(MAX_STATEMENT_BYTES));
    }
    if (text.length - length < STEP_BYTES) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, length + STEP_BYTES));
    }
    int count = body.read(text, length, text.length - length);
    if (count < 0) {
      complete = true;
    } else {
      length += count;
    }
  }
}
