package org.ipv6flow.embedded.clickhouse.http;

/** Takes exchanges off the channel's thread. */
interface Dispatcher {

  /** Works on {@code exchange} elsewhere, and runs {@code whenDone} there at its end. */
  void dispatch(Exchange exchange, Runnable whenDone);

  /** Ends the statement of an exchange whose client is gone. */
  void abandoned(Exchange exchange);
}
