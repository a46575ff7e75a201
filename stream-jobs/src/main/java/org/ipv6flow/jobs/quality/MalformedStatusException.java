package org.ipv6flow.jobs.quality;

/** An exporter status record that makes no sense. Carries no stack trace. */
final class MalformedStatusException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedStatusException(String message) {
    super(message, null, false, false);
  }
}
