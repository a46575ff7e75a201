package org.ipv6flow.standalone.process;

/** A child process did not start; the message is one line that a person can act on. */
public final class ChildFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  public ChildFailedException(String message) {
    super(message);
  }
}
