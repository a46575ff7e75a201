package org.ipv6flow.console.explore;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into tokens. A quote that is not closed and a stray character are tokens, too. */
final class Lexer {

  private static final List<String> OPERATORS =
      List.of("!<<", "<<", "!=", "<>", "<=", ">=", "=", "<", ">");

  private Lexer() {}

  static List<Token> tokens(String filter) {
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < filter.length()) {
      char c = filter.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
      } else if (c == '#') {
        // A comment, to the end of the line.
        int end = filter.indexOf('\n', i);
        i = end < 0 ? filter.length() : end;
      } else {
        Token token = next(filter, i, c);
        tokens.add(token);
        i = token.end();
      }
    }
    tokens.add(new Token(Token.Kind.END, "", filter.length(), 0));
    return tokens;
  }

  private static Token next(String filter, int start, char c) {
    switch (c) {
      case '(':
        return new Token(Token.Kind.OPEN, "(", start, 1);
      case ')':
        return new Token(Token.Kind.CLOSE, ")", start, 1);
      case ',':
        return new Token(Token.Kind.COMMA, ",", start, 1);
      case '"', '\'':
        return quoted(filter, start, c);
      default:
        break;
    }
    for (String operator : OPERATORS) {
      if (filter.startsWith(operator, start)) {
        return new Token(Token.Kind.OPERATOR, operator, start, operator.length());
      }
    }
    int end = start;
    while (end < filter.length() && isWordPart(filter.charAt(end))) {
      end++;
    }
    return end == start
        ? new Token(Token.Kind.STRAY, filter.substring(start, start + 1), start, 1)
        : new Token(Token.Kind.WORD, filter.substring(start, end), start, end - start);
  }

  /** A quote within is doubled. */
  private static Token quoted(String filter, int start, char quote) {
    StringBuilder text = new StringBuilder();
    int i = start + 1;
    while (i < filter.length()) {
      char c = filter.charAt(i);
      if (c == quote) {
        if (i + 1 < filter.length() && filter.charAt(i + 1) == quote) {
          i++;
        } else {
          return new Token(Token.Kind.QUOTED, text.toString(), start, i + 1 - start);
        }
      }
      text.append(c);
      i++;
    }
    return new Token(Token.Kind.STRAY, filter.substring(start), start, filter.length() - start);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || "_.:/-%*".indexOf(c) >= 0;
  }
}
