package org.ipv6flow.embedded.clickhouse.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.ipv6flow.embedded.clickhouse.http.SqlScanner.Token;
import org.jspecify.annotations.Nullable;

/** What the front must know about a statement other than an INSERT with data. */
final class StatementText {

  private final byte[] sql;

  StatementText(byte[] sql) {
    this.sql = sql;
  }

  byte[] sql() {
    return sql;
  }

  boolean isBlank() {
    return new SqlScanner(sql, sql.length).next() == Token.END;
  }

  /** Whether the engine can stream its result. */
  boolean isSelect() {
    SqlScanner scanner = new SqlScanner(sql, sql.length);
    return switch (scanner.next()) {
      case WORD -> scanner.is("SELECT") || scanner.is("WITH");
      case PARENTHESES -> true;
      default -> false;
    };
  }

  /** Returns the format of a trailing FORMAT clause, or null. */
  @Nullable String format() {
    return trailingFormat().name;
  }

  /** The statement without its trailing FORMAT clause and all behind it. */
  byte[] withoutFormat() {
    int end = trailingFormat().start;
    return end < 0 ? sql : Arrays.copyOf(sql, end);
  }

  /**
   * The statement as the engine understands it.
   *
   * <p>Its interface has no query IDs, so they travel as {@code log_comment}, and KILL QUERY has to
   * look there.
   */
  byte[] rewritten() {
    SqlScanner scanner = new SqlScanner(sql, sql.length);
    scanner.next();
    if (!scanner.is("KILL")) {
      return sql;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int copied = copyRewritten(out, 0, 0, sql.length);
    out.write(sql, copied, sql.length - copied);
    return out.toByteArray();
  }

  /** Copies up to the last query ID between two offsets; returns where the rest begins. */
  private int copyRewritten(ByteArrayOutputStream out, int copiedBefore, int from, int to) {
    int copied = copiedBefore;
    SqlScanner scanner = new SqlScanner(sql, from, to);
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (token == Token.PARENTHESES) {
        copied = copyRewritten(out, copied, scanner.start() + 1, scanner.position());
      } else if (token == Token.WORD && scanner.is("query_id")) {
        out.write(sql, copied, scanner.start() - copied);
        out.writeBytes("Settings['log_comment']".getBytes(StandardCharsets.US_ASCII));
        copied = scanner.position();
      }
    }
    return copied;
  }

  private record TrailingFormat(int start, @Nullable String name) {}

  /** {@code FORMAT name}, followed at most by SETTINGS or a semicolon. */
  private TrailingFormat trailingFormat() {
    Set<String> followers = Set.of("", ";", "settings");
    SqlScanner scanner = new SqlScanner(sql, sql.length);
    int start = -1;
    String name = null;
    for (Token token = scanner.next(); token != Token.END; ) {
      if (token != Token.WORD || !scanner.is("FORMAT")) {
        token = scanner.next();
        continue;
      }
      int candidate = scanner.start();
      token = scanner.next();
      if (token != Token.WORD) {
        continue;
      }
      String candidateName = scanner.text();
      token = scanner.next();
      if (followers.contains(scanner.text().toLowerCase(Locale.ROOT))) {
        start = candidate;
        name = candidateName;
      }
    }
    return new TrailingFormat(start, name);
  }
}
