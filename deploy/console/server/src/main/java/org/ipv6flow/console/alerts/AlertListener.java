package org.ipv6flow.console.alerts;

/** Hears that an alert fires or is resolved. It must not keep the caller. */
interface AlertListener extends AutoCloseable {

  void changed(Alert alert);

  @Override
  default void close() {}
}
