package org.ipv6flow.console.alerts;

import java.util.Locale;

/** Where an alert is in its life. */
public enum AlertState {
  /** Wrong, but not for long enough. */
  PENDING,
  FIRING,
  RESOLVED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AlertState of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
