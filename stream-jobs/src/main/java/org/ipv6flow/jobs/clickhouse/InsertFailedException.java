package org.ipv6flow.jobs.clickhouse;

import java.io.IOException;

/** ClickHouse answered an insert with an error. */
final class InsertFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String kind;

  /**
   * @param kind what stays the same while one fault lasts; messages often hold changing figures
   */
  InsertFailedException(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  String kind() {
    return kind;
  }
}
