package org.ipv6flow.launcher.command;

/** Something the user can mend; the message is one line that says what. */
public final class UserError extends Exception {

  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }
}
