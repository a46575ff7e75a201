package org.ipv6flow.schema.flow;

/**
 * Octets that are no valid {@code FlowBatch}.
 *
 * <p>Carries no stack trace: the message says what is wrong with the octets, and the reader's own
 * frames say nothing more.
 */
public final class MalformedBatchException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedBatchException(String message) {
    super(message, null, false, false);
  }
}
