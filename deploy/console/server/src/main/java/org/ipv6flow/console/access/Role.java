package org.ipv6flow.console.access;

import java.util.Locale;
import java.util.Optional;

/** What somebody is here for; {@link Access} says what each may ask. */
public enum Role {
  NOC,
  PLANNER,
  REGULATOR,
  /** Staff of one operator, who see its links alone. */
  OPERATOR,
  AUDITOR,
  ADMIN;

  /** As it is written in settings, headers and answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> of(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
