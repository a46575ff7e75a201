package org.ipv6flow.console.explore;

/**
 * A piece of a filter.
 *
 * @param text without quotes, for a quoted one
 * @param offset in UTF-16 units
 */
record Token(Kind kind, String text, int offset, int length) {

  enum Kind {
    WORD,
    QUOTED,
    OPERATOR,
    OPEN,
    CLOSE,
    COMMA,
    /** Not of the language. */
    STRAY,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  int end() {
    return offset + length;
  }
}
