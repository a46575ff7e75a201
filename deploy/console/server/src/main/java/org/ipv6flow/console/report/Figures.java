package org.ipv6flow.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values of a snapshot as a reader wants them; rounded half up, never computed with. */
final class Figures {

  static final String NONE = "–";

  private static final BigDecimal GIGA = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

  private Figures() {}

  /** A fraction in per cent. */
  static String percent(JsonNode fraction, int digits) {
    return fraction.isNumber()
        ? grouped(fraction.decimalValue().multiply(HUNDRED), digits) + " %"
        : NONE;
  }

  /** An error of a share: two significant digits, at least two decimals. */
  static String plusMinus(JsonNode error) {
    if (!error.isNumber()) {
      return NONE;
    }
    BigDecimal percent = error.decimalValue().multiply(HUNDRED);
    if (percent.signum() == 0) {
      return "±0";
    }
    int digits = Math.max(2, Math.min(5, percent.scale() - percent.precision() + 2));
    BigDecimal rounded = percent.setScale(digits, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "±<0.00001" : "±" + rounded.toPlainString();
  }

  /** A difference of shares in percentage points. */
  static String points(JsonNode difference) {
    if (!difference.isNumber()) {
      return NONE;
    }
    String text = grouped(difference.decimalValue().multiply(HUNDRED), 2);
    return text.startsWith("-") ? text.replace("-", "−") : "+" + text;
  }

  /** A growth in per cent, with its sign. */
  static String growth(JsonNode fraction) {
    if (!fraction.isNumber()) {
      return NONE;
    }
    String text = grouped(fraction.decimalValue().multiply(HUNDRED), 1);
    return (text.startsWith("-") ? text.replace("-", "−") : "+" + text) + " %";
  }

  /** bit/s in Gbit/s. */
  static String gigabits(JsonNode bitsPerSecond) {
    return bitsPerSecond.isNumber() ? grouped(bitsPerSecond.decimalValue().divide(GIGA), 2) : NONE;
  }

  static String whole(JsonNode number) {
    return number.isNumber() ? grouped(number.decimalValue(), 0) : NONE;
  }

  static String decimal(JsonNode number, int digits) {
    return number.isNumber() ? grouped(number.decimalValue(), digits) : NONE;
  }

  static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode() || value.asText().isEmpty()
        ? NONE
        : value.asText();
  }

  /** A time of the month, in the reports' time zone. */
  static String time(JsonNode time, ZoneId zone) {
    return time.isTextual() ? TIME.format(Instant.parse(time.asText()).atZone(zone)) : NONE;
  }

  private static String grouped(BigDecimal value, int digits) {
    DecimalFormat format =
        new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(value);
  }
}
