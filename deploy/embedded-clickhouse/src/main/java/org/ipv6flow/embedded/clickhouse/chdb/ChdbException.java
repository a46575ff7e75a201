package org.ipv6flow.embedded.clickhouse.chdb;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An error that the engine, or the front in its place, answers a statement with. */
public final class ChdbException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final Pattern CODE = Pattern.compile("Code: (\\d{1,6})\\. ");

  /** ClickHouse's UNKNOWN_EXCEPTION. */
  private static final int UNKNOWN_CODE = 1002;

  private final int code;

  private ChdbException(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** For a message of the engine, which names its code itself. */
  static ChdbException ofEngine(String message) {
    Matcher matcher = CODE.matcher(message);
    int code = matcher.find() ? Integer.parseInt(matcher.group(1)) : UNKNOWN_CODE;
    return new ChdbException(code, message.strip());
  }

  /**
   * For an error found outside the engine, worded as the engine would.
   *
   * @param code a code of ClickHouse's ErrorCodes
   * @param name its name there, such as {@code SYNTAX_ERROR}
   */
  public static ChdbException of(int code, String name, String message) {
    return new ChdbException(
        code, "Code: %d. DB::Exception: %s. (%s)".formatted(code, message, name));
  }

  /** A code of ClickHouse's ErrorCodes. */
  public int code() {
    return code;
  }

  /** The message, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
