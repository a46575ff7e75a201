package org.ipv6flow.embedded.clickhouse.http;

import java.io.IOException;

/** The client has closed its connection or broken the protocol: nobody is left to answer. */
final class ClientGoneException extends IOException {

  private static final long serialVersionUID = 1L;

  ClientGoneException(String message) {
    super(message);
  }
}
