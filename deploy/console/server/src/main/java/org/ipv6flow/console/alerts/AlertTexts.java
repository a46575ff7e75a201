package org.ipv6flow.console.alerts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Fills the templates of summaries. */
final class AlertTexts {

  private static final double GIGA = 1e9;

  private AlertTexts() {}

  static String fill(String template, Map<String, String> subject, double value, AlertRule rule) {
    String text = template.replace("{value}", number(value, rule.unit()));
    for (Map.Entry<String, String> part : subject.entrySet()) {
      text = text.replace("{" + part.getKey() + "}", part.getValue());
    }
    return text;
  }

  /** In the unit that people say: per cent, Gbit/s. */
  static String number(double value, String unit) {
    return switch (unit) {
      case "fraction" -> rounded(value * 100, 1) + " %";
      case "bit/s" -> rounded(value / GIGA, 2) + " Gbit/s";
      case "quotient" -> rounded(value, 2);
      default -> rounded(value, 0);
    };
  }

  private static String rounded(double value, int digits) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString()
        : "∞";
  }
}
