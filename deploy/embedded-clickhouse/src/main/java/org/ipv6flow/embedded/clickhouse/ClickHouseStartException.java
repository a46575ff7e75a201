package org.ipv6flow.embedded.clickhouse;

import java.io.IOException;

/** The embedded ClickHouse cannot be had; the message is one line for the user. */
public final class ClickHouseStartException extends IOException {

  private static final long serialVersionUID = 1L;

  public ClickHouseStartException(String message) {
    super(message);
  }

  public ClickHouseStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
