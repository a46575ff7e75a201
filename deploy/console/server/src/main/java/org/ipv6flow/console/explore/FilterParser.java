package org.ipv6flow.console.explore;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ipv6flow.console.explore.Filter.And;
import org.ipv6flow.console.explore.Filter.Comparison;
import org.ipv6flow.console.explore.Filter.Not;
import org.ipv6flow.console.explore.Filter.Or;

/**
 * Reads the filter language of {@code docs/reference/filter-language.md}:
 *
 * <pre>
 * filter     = and { OR and }
 * and        = not { AND not }
 * not        = NOT not | "(" filter ")" | comparison
 * comparison = field ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "&lt;&lt;" | "!&lt;&lt;" ) value
 *            | field [NOT] IN "(" value { "," value } ")"
 *            | field [NOT] ( LIKE | ILIKE ) value
 * </pre>
 */
public final class FilterParser {

  private static final int MAX_DEPTH = 50;
  private static final int MAX_VALUES = 500;
  private static final BigInteger MAX_AS = BigInteger.valueOf(0xFFFF_FFFFL);

  /**
   * What came of it.
   *
   * @param filter empty for an empty text, and if there are errors
   */
  public record Result(Optional<Filter> filter, List<FilterError> errors) {}

  /** Ends reading at the first error of the grammar. */
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final List<Token> tokens;
  private final List<FilterError> errors = new ArrayList<>();
  private int at;
  private int depth;

  private FilterParser(String text) {
    tokens = Lexer.tokens(text);
  }

  public static Result parse(String text) {
    FilterParser parser = new FilterParser(text);
    if (parser.peek().kind() == Token.Kind.END) {
      return new Result(Optional.empty(), List.of());
    }
    Filter filter = null;
    try {
      filter = parser.or();
      if (parser.peek().kind() != Token.Kind.END) {
        parser.fail(
            parser.peek(), "'%s' (expected: AND, OR, or the end)".formatted(parser.peek().text()));
      }
    } catch (Stop e) {
      filter = null;
    }
    return new Result(
        parser.errors.isEmpty() ? Optional.ofNullable(filter) : Optional.empty(),
        List.copyOf(parser.errors));
  }

  private Filter or() throws Stop {
    List<Filter> parts = new ArrayList<>(List.of(and()));
    while (peek().isWord("OR")) {
      at++;
      parts.add(and());
    }
    return parts.size() == 1 ? parts.get(0) : new Or(parts);
  }

  private Filter and() throws Stop {
    List<Filter> parts = new ArrayList<>(List.of(not()));
    while (peek().isWord("AND")) {
      at++;
      parts.add(not());
    }
    return parts.size() == 1 ? parts.get(0) : new And(parts);
  }

  private Filter not() throws Stop {
    if (++depth > MAX_DEPTH) {
      throw fail(peek(), "nested more than %d deep".formatted(MAX_DEPTH));
    }
    try {
      if (peek().isWord("NOT")) {
        at++;
        return new Not(not());
      }
      if (peek().kind() == Token.Kind.OPEN) {
        Token open = next();
        Filter inner = or();
        if (peek().kind() != Token.Kind.CLOSE) {
          throw fail(open, "this parenthesis is not closed");
        }
        at++;
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  private Filter comparison() throws Stop {
    Token name = next();
    if (name.kind() != Token.Kind.WORD) {
      throw fail(
          name,
          name.kind() == Token.Kind.END
              ? "the filter ends here (expected: a field)"
              : stray(name, "a field, NOT or '('"));
    }
    Optional<Field> field = Fields.find(name.text());
    if (field.isEmpty()) {
      List<String> like = Fields.like(name.text());
      errors.add(
          new FilterError(
              "there is no field '%s'%s"
                  .formatted(
                      name.text(),
                      like.isEmpty() ? "" : " (like: " + String.join(", ", like) + ")"),
              name.offset(),
              name.length(),
              like));
    }
    Token first = next();
    String operator = operator(first);
    List<Token> values = new ArrayList<>();
    if (operator.endsWith("IN")) {
      list(values);
    } else {
      values.add(value());
    }
    if (field.isEmpty()) {
      // Read on, so that later errors are found, too.
      return new And(List.of());
    }
    check(field.get(), operator, first);
    return new Comparison(
        field.get(),
        operator,
        values.stream().map(value -> checked(field.get(), operator, value)).toList());
  }

  private String operator(Token first) throws Stop {
    if (first.kind() == Token.Kind.OPERATOR) {
      return first.text().equals("<>") ? "!=" : first.text();
    }
    boolean negated = first.isWord("NOT");
    Token word = negated ? next() : first;
    for (String operator : List.of("IN", "LIKE", "ILIKE")) {
      if (word.isWord(operator)) {
        return negated ? "NOT " + operator : operator;
      }
    }
    throw fail(
        word,
        word.kind() == Token.Kind.END
            ? "the filter ends here (expected: an operator such as = or IN)"
            : stray(word, "=, !=, <, <=, >, >=, <<, !<<, IN, NOT IN, LIKE or ILIKE"));
  }

  private void list(List<Token> values) throws Stop {
    Token open = next();
    if (open.kind() != Token.Kind.OPEN) {
      throw fail(open, stray(open, "'(' and a list of values"));
    }
    while (true) {
      values.add(value());
      if (values.size() > MAX_VALUES) {
        throw fail(open, "more than %d values".formatted(MAX_VALUES));
      }
      Token separator = next();
      if (separator.kind() == Token.Kind.CLOSE) {
        return;
      }
      if (separator.kind() != Token.Kind.COMMA) {
        throw fail(
            separator,
            separator.kind() == Token.Kind.END
                ? "the filter ends here (expected: ',' or ')')"
                : stray(separator, "',' or ')'"));
      }
    }
  }

  private Token value() throws Stop {
    Token value = next();
    if (value.kind() == Token.Kind.WORD || value.kind() == Token.Kind.QUOTED) {
      return value;
    }
    throw fail(
        value,
        value.kind() == Token.Kind.END
            ? "the filter ends here (expected: a value)"
            : stray(value, "a value"));
  }

  private void check(Field field, String operator, Token token) {
    boolean ordered = List.of("<", "<=", ">", ">=").contains(operator);
    boolean pattern = operator.endsWith("LIKE");
    boolean within = operator.endsWith("<<");
    boolean fits =
        switch (field.type()) {
          case STRING, ENUM -> !ordered && !within;
          case INTEGER, AS_NUMBER -> !pattern && !within;
          case PREFIX -> !pattern && !ordered;
        };
    if (!fits) {
      errors.add(
          new FilterError(
              "%s cannot be compared with %s (expected: %s)"
                  .formatted(
                      field.name(),
                      operator,
                      switch (field.type()) {
                        case STRING, ENUM -> "=, !=, IN, NOT IN, LIKE, ILIKE";
                        case INTEGER, AS_NUMBER -> "=, !=, <, <=, >, >=, IN, NOT IN";
                        case PREFIX -> "=, !=, <<, !<<, IN, NOT IN";
                      }),
              token.offset(),
              token.length(),
              List.of()));
    }
  }

  private String checked(Field field, String operator, Token token) {
    String text = token.text();
    if (operator.endsWith("LIKE")) {
      return text;
    }
    switch (field.type()) {
      case ENUM -> {
        if (!field.values().contains(text)) {
          wrong(
              token,
              "'%s' is no %s (there are: %s)"
                  .formatted(
                      text,
                      field.name(),
                      String.join(
                              ", ", field.values().subList(0, Math.min(8, field.values().size())))
                          + (field.values().size() > 8 ? ", …" : "")),
              field.values().stream().filter(value -> value.contains(text)).limit(3).toList());
        }
      }
      case INTEGER -> {
        if (!text.matches("[0-9]{1,9}")) {
          wrong(token, "'%s' is no whole number".formatted(text), List.of());
        }
      }
      case AS_NUMBER -> {
        String number = text.toUpperCase(Locale.ROOT).replaceFirst("^AS", "");
        if (!number.matches("[0-9]{1,10}") || new BigInteger(number).compareTo(MAX_AS) > 0) {
          wrong(
              token, "'%s' is no AS number (expected: AS4134 or 4134)".formatted(text), List.of());
        }
        return number;
      }
      case PREFIX -> {
        Optional<PrefixText> prefix = PrefixText.parse(text);
        if (prefix.isEmpty()) {
          wrong(
              token,
              "'%s' is no address prefix (expected: as 2001:db8::/32 or 192.0.2.0/24)"
                  .formatted(text),
              List.of());
        }
      }
      default -> {}
    }
    return text;
  }

  private void wrong(Token token, String message, List<String> suggestions) {
    errors.add(new FilterError(message, token.offset(), token.length(), suggestions));
  }

  private Stop fail(Token token, String message) {
    errors.add(new FilterError(message, token.offset(), Math.max(1, token.length()), List.of()));
    return new Stop();
  }

  private static String stray(Token token, String expected) {
    boolean isOpenQuote =
        token.kind() == Token.Kind.STRAY
            && (token.text().startsWith("\"") || token.text().startsWith("'"));
    return isOpenQuote
        ? "this quote is not closed"
        : "'%s' (expected: %s)".formatted(token.text(), expected);
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }
}
