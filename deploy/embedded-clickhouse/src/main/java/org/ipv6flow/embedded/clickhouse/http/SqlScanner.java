package org.ipv6flow.embedded.clickhouse.http;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the words of a statement that are outside of strings, comments and parentheses.
 *
 * <p>Works on octets: every character it looks for is ASCII, and the data behind an INSERT need not
 * be text at all.
 */
final class SqlScanner {

  /** What {@link #next} stopped at. */
  enum Token {
    WORD,
    QUOTED,
    PARENTHESES,
    SYMBOL,
    END
  }

  private final byte[] sql;
  private final int limit;
  private int position;
  private int start;

  SqlScanner(byte[] sql, int limit) {
    this(sql, 0, limit);
  }

  /** For a part of a text, such as what is in parentheses. */
  SqlScanner(byte[] sql, int from, int limit) {
    this.sql = sql;
    this.position = from;
    this.limit = limit;
  }

  /** Offset behind the current token. */
  int position() {
    return position;
  }

  /** Offset of the current token. */
  int start() {
    return start;
  }

  /** The current token as written. */
  String text() {
    return new String(sql, start, position - start, StandardCharsets.ISO_8859_1);
  }

  /** Whether the current token is this keyword, in any case. */
  boolean is(String keyword) {
    return position - start == keyword.length() && keyword.equalsIgnoreCase(text());
  }

  Token next() {
    skipBlanks();
    start = position;
    if (position >= limit) {
      return Token.END;
    }
    byte first = sql[position];
    if (isWord(first)) {
      while (position < limit && isWord(sql[position])) {
        position++;
      }
      return Token.WORD;
    }
    if (first == '\'' || first == '"' || first == '`') {
      skipQuoted(first);
      return Token.QUOTED;
    }
    if (first == '$' && skipHeredoc()) {
      return Token.QUOTED;
    }
    if (first == '(') {
      skipParentheses();
      return Token.PARENTHESES;
    }
    position++;
    return Token.SYMBOL;
  }

  private void skipBlanks() {
    while (position < limit) {
      byte octet = sql[position];
      if (octet == ' ' || octet == '\n' || octet == '\t' || octet == '\r' || octet == '\f') {
        position++;
      } else if (startsWith("--") || startsWith("#!") || startsWith("# ")) {
        while (position < limit && sql[position] != '\n') {
          position++;
        }
      } else if (startsWith("/*")) {
        skipComment();
      } else {
        return;
      }
    }
  }

  /** ClickHouse nests comments. */
  private void skipComment() {
    int depth = 0;
    do {
      if (startsWith("/*")) {
        depth++;
        position += 2;
      } else if (startsWith("*/")) {
        depth--;
        position += 2;
      } else {
        position++;
      }
    } while (depth > 0 && position < limit);
    position = Math.min(position, limit);
  }

  private void skipQuoted(byte quote) {
    position++;
    while (position < limit) {
      byte octet = sql[position++];
      if (octet == '\\') {
        position = Math.min(position + 1, limit);
      } else if (octet == quote) {
        if (position >= limit || sql[position] != quote) {
          return;
        }
        position++;
      }
    }
  }

  /** {@code $tag$ text $tag$}; returns false if this dollar sign starts none. */
  private boolean skipHeredoc() {
    int tagEnd = position + 1;
    while (tagEnd < limit && isWord(sql[tagEnd])) {
      tagEnd++;
    }
    if (tagEnd >= limit || sql[tagEnd] != '$') {
      return false;
    }
    String tag = new String(sql, position, tagEnd + 1 - position, StandardCharsets.ISO_8859_1);
    position = tagEnd + 1;
    while (position < limit && !startsWith(tag)) {
      position++;
    }
    position = Math.min(position + tag.length(), limit);
    return true;
  }

  private void skipParentheses() {
    int depth = 0;
    while (position < limit) {
      byte octet = sql[position];
      if (octet == '\'' || octet == '"' || octet == '`') {
        skipQuoted(octet);
      } else {
        position++;
        depth += octet == '(' ? 1 : octet == ')' ? -1 : 0;
      }
      if (depth == 0) {
        return;
      }
      skipBlanks();
    }
  }

  private boolean startsWith(String text) {
    if (position + text.length() > limit) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (sql[position + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWord(byte octet) {
    return octet >= 'a' && octet <= 'z'
        || octet >= 'A' && octet <= 'Z'
        || octet >= '0' && octet <= '9'
        || octet == '_'
        || octet < 0;
  }
}
