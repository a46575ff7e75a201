package org.ipv6flow.console.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may come at the cursor of a filter. */
public final class Completions {

  private static final int MOST = 50;

  /** One of them. */
  public record Item(String text, String kind, String detail) {}

  /**
   * All of them.
   *
   * @param from where the word that is completed begins
   * @param values field whose values are wanted, with what they begin with; the store knows them
   */
  public record Found(int from, int to, List<Item> items, Optional<Field> values, String begun) {}

  private Completions() {}

  public static Found at(String filter, int offset) {
    String before = filter.substring(0, Math.min(offset, filter.length()));
    List<Token> tokens = new ArrayList<>(Lexer.tokens(before));
    Token end = tokens.remove(tokens.size() - 1);
    boolean touches = !tokens.isEmpty() && tokens.get(tokens.size() - 1).end() == before.length();
    Token last = touches ? tokens.get(tokens.size() - 1) : null;
    boolean isWord =
        last != null
            && (last.kind() == Token.Kind.WORD
                || last.kind() == Token.Kind.OPERATOR
                || last.kind() == Token.Kind.STRAY);
    String begun = "";
    int from = end.offset();
    if (isWord && last != null) {
      tokens.remove(tokens.size() - 1);
      begun = last.text().replaceFirst("^[\"']", "");
      from = last.offset();
    }
    return found(tokens, begun, from, before.length());
  }

  private static Found found(List<Token> tokens, String begun, int from, int to) {
    List<Item> items = new ArrayList<>();
    Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    Optional<Field> field = fieldBefore(tokens);
    if (expectsField(last)) {
      Fields.all().forEach(f -> add(items, f.name(), "field", f.description(), begun));
      add(items, "NOT", "keyword", "", begun);
      return new Found(from, to, items, Optional.empty(), begun);
    }
    if (field.isPresent() && last != null && isName(tokens, last)) {
      for (String operator : operators(field.get())) {
        add(items, operator, "operator", "", begun);
      }
      return new Found(from, to, items, Optional.empty(), begun);
    }
    if (field.isPresent() && last != null && expectsValue(last)) {
      Field of = field.get();
      of.values().forEach(value -> add(items, value, "value", "", begun));
      return new Found(
          from, to, items, of.values().isEmpty() ? Optional.of(of) : Optional.empty(), begun);
    }
    for (String word : List.of("AND", "OR")) {
      add(items, word, "keyword", "", begun);
    }
    return new Found(from, to, items, Optional.empty(), begun);
  }

  private static boolean expectsField(@org.jspecify.annotations.Nullable Token last) {
    return last == null
        || last.isWord("AND")
        || last.isWord("OR")
        || last.isWord("NOT")
        || last.kind() == Token.Kind.OPEN;
  }

  private static boolean expectsValue(Token last) {
    return last.kind() == Token.Kind.OPERATOR
        || last.kind() == Token.Kind.COMMA
        || last.isWord("LIKE")
        || last.isWord("ILIKE")
        || last.isWord("IN");
  }

  /** A field's name with nothing after it, and no value that is spelt like one. */
  private static boolean isName(List<Token> tokens, Token last) {
    return last.kind() == Token.Kind.WORD
        && Fields.find(last.text()).isPresent()
        && (tokens.size() < 2 || !expectsValue(tokens.get(tokens.size() - 2)));
  }

  private static Optional<Field> fieldBefore(List<Token> tokens) {
    for (int i = tokens.size() - 1; i >= 0; i--) {
      Token token = tokens.get(i);
      if (token.isWord("AND") || token.isWord("OR")) {
        return Optional.empty();
      }
      if (token.kind() == Token.Kind.WORD && Fields.find(token.text()).isPresent()) {
        return Fields.find(token.text());
      }
    }
    return Optional.empty();
  }

  private static List<String> operators(Field field) {
    return switch (field.type()) {
      case STRING, ENUM -> List.of("=", "!=", "IN", "NOT IN", "LIKE", "ILIKE");
      case INTEGER, AS_NUMBER -> List.of("=", "!=", "<", "<=", ">", ">=", "IN", "NOT IN");
      case PREFIX -> List.of("=", "!=", "<<", "!<<", "IN", "NOT IN");
    };
  }

  private static void add(List<Item> items, String text, String kind, String detail, String begun) {
    if (text.toLowerCase(Locale.ROOT).startsWith(begun.toLowerCase(Locale.ROOT))
        && items.size() < MOST) {
      items.add(new Item(text, kind, detail));
    }
  }
}
