package org.ipv6flow.console.report;

import java.util.List;

/** Writes XHTML: everything that is not a tag is escaped. */
final class Html {

  private static final int LONGEST_WORD = 24;

  private final StringBuilder out = new StringBuilder();

  /** Opens an element; attributes are name, value, name, value … */
  Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(escape(attributes[i + 1]))
          .append('"');
    }
    out.append('>');
    return this;
  }

  Html close(String tag) {
    out.append("</").append(tag).append(">\n");
    return this;
  }

  Html text(String text) {
    out.append(escape(text));
    return this;
  }

  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Appends what is XHTML already, such as a chart. */
  Html raw(String xhtml) {
    out.append(xhtml);
    return this;
  }

  /**
   * A table.
   *
   * @param numeric of each column whether it is set to the right
   */
  Html table(
      String style,
      String caption,
      List<String> heads,
      List<Boolean> numeric,
      List<List<String>> rows) {
    open("table", "class", style);
    element("caption", caption);
    out.append("<thead><tr>");
    for (int i = 0; i < heads.size(); i++) {
      element("th", heads.get(i), "scope", "col", "class", numeric.get(i) ? "n" : "t");
    }
    out.append("</tr></thead>\n<tbody>");
    for (List<String> row : rows) {
      out.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        open("td", "class", numeric.get(i) ? "n" : isWord(row.get(i)) ? "t w" : "t")
            .text(row.get(i));
        out.append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table>\n");
    return this;
  }

  /** Short, and not to be broken: a month, a code, a name. */
  private static boolean isWord(String text) {
    return text.length() <= LONGEST_WORD && text.indexOf(' ') < 0;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
      }
    }
    return escaped.toString();
  }
}
