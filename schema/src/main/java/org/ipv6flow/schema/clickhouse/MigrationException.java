package org.ipv6flow.schema.clickhouse;

/** The schema could not be brought up to date; the message is one line for a person. */
public final class MigrationException extends Exception {

  private static final long serialVersionUID = 1L;

  MigrationException(String message) {
    super(message);
  }

  MigrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
