package org.ipv6flow.console.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/** The report's words in one language. */
final class Texts {

  private final String language;
  private final Properties words = new Properties();

  /** {@code zh-CN} or {@code en}. */
  Texts(String language) {
    this.language = language;
    try (InputStream in = Texts.class.getResourceAsStream("texts." + language + ".properties")) {
      if (in == null) {
        throw new IllegalArgumentException("no texts in " + language);
      }
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String language() {
    return language;
  }

  Set<String> keys() {
    return words.stringPropertyNames();
  }

  String get(String key) {
    String text = words.getProperty(key);
    if (text == null) {
      throw new IllegalArgumentException("no text %s in %s".formatted(key, language));
    }
    return text;
  }

  /** The text, or the key's last part where there is none: codes that an inventory may add. */
  String code(String kind, String code) {
    return words.getProperty(kind + "." + code, code);
  }

  /** With {0}, {1} … in it. */
  String get(String key, Object... values) {
    return new MessageFormat(get(key), Locale.ROOT).format(values);
  }
}
