package org.ipv6flow.collector.admin;

/** Something needed at the start is not there; the message is one line that a person can act on. */
public final class StartupException extends Exception {

  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    super(message);
  }
}
