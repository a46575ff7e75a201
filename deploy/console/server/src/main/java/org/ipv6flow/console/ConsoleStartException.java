package org.ipv6flow.console;

/** The console cannot start; the message is one line for the user. */
public final class ConsoleStartException extends Exception {

  private static final long serialVersionUID = 1L;

  public ConsoleStartException(String message) {
    super(message);
  }
}
