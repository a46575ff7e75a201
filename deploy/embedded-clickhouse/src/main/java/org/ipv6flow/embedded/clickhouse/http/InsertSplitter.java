package org.ipv6flow.embedded.clickhouse.http;

import java.util.Locale;
import java.util.Optional;
import org.ipv6flow.embedded.clickhouse.http.SqlScanner.Token;

/**
 * Finds where the data of an INSERT begins.
 *
 * <p>The engine takes the data apart from the statement: given in one piece, it would end binary
 * data at the first blank line.
 */
final class InsertSplitter {

  /** What a text turned out to be. */
  enum Kind {
    /** An INSERT with data behind it. */
    DATA,
    /** Any other statement, INSERT ... SELECT among them. */
    STATEMENT,
    /** The text ends too early to tell. */
    UNDECIDED
  }

  /**
   * @param statementEnd end of the INSERT without its FORMAT or VALUES clause
   * @param format format of the data
   * @param dataStart first octet of the data
   */
  record Split(Kind kind, int statementEnd, String format, int dataStart) {

    private static final Split STATEMENT = new Split(Kind.STATEMENT, 0, "", 0);
    private static final Split UNDECIDED = new Split(Kind.UNDECIDED, 0, "", 0);
  }

  private final byte[] text;
  private final int limit;
  private final boolean complete;
  private final SqlScanner scanner;

  private InsertSplitter(byte[] text, int limit, boolean complete) {
    this.text = text;
    this.limit = limit;
    this.complete = complete;
    this.scanner = new SqlScanner(text, limit);
  }

  /**
   * Looks at the first {@code limit} octets of {@code text}.
   *
   * @param complete whether nothing follows them
   */
  static Split split(byte[] text, int limit, boolean complete) {
    return new InsertSplitter(text, limit, complete).split();
  }

  private Split split() {
    Token first = scanner.next();
    if (endsHere(first)) {
      return undecided();
    }
    if (first != Token.WORD || !scanner.is("INSERT")) {
      return Split.STATEMENT;
    }
    return skipTarget().orElseGet(this::findData);
  }

  /** Skips {@code INTO [TABLE|FUNCTION] name}, so that a table may be called like a keyword. */
  private Optional<Split> skipTarget() {
    Token token = scanner.next();
    while (token == Token.WORD
        && (scanner.is("INTO") || scanner.is("TABLE") || scanner.is("FUNCTION"))) {
      token = scanner.next();
    }
    return endsHere(token) ? Optional.of(undecided()) : Optional.empty();
  }

  private Split findData() {
    while (true) {
      int before = scanner.position();
      Token token = scanner.next();
      if (endsHere(token)) {
        return undecided();
      }
      if (token == Token.SYMBOL && scanner.is(".")) {
        scanner.next();
        continue;
      }
      if (token != Token.WORD) {
        continue;
      }
      if (scanner.is("VALUES")) {
        return new Split(Kind.DATA, before, "Values", scanner.position());
      }
      if (scanner.is("FORMAT")) {
        return format(before);
      }
      if (scanner.is("SELECT") || scanner.is("WITH") || scanner.is("FROM")) {
        return Split.STATEMENT;
      }
    }
  }

  private Split format(int statementEnd) {
    Token token = scanner.next();
    if (endsHere(token)) {
      return undecided();
    }
    if (token != Token.WORD) {
      return Split.STATEMENT;
    }
    String name = scanner.text();
    String format = name.toLowerCase(Locale.ROOT).equals("values") ? "Values" : name;
    return skipToData(statementEnd, format);
  }

  /** Blanks and one line end stand between format and data (or a semicolon, for empty data). */
  private Split skipToData(int statementEnd, String format) {
    int position = scanner.position();
    while (position < limit && (text[position] == ' ' || text[position] == '\t')) {
      position++;
    }
    if (position < limit && text[position] == ';') {
      position++;
    }
    if (position < limit && text[position] == '\r') {
      position++;
    }
    if (position < limit && text[position] == '\n') {
      position++;
    } else if (position >= limit && !complete) {
      return Split.UNDECIDED;
    }
    return new Split(Kind.DATA, statementEnd, format, position);
  }

  /** A token that touches the end may go on behind it. */
  private boolean endsHere(Token token) {
    return token == Token.END || !complete && scanner.position() >= limit;
  }

  private Split undecided() {
    return complete ? Split.STATEMENT : Split.UNDECIDED;
  }
}
