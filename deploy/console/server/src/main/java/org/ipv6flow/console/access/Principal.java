package org.ipv6flow.console.access;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param operator whose staff it is, for {@link Role#OPERATOR} alone
 */
public record Principal(String user, Role role, @Nullable String operator) {

  public Principal {
    if ((role == Role.OPERATOR) != (operator != null)) {
      throw new IllegalArgumentException("an operator's name goes with the role operator");
    }
  }
}
