package org.ipv6flow.collector.capture;

import java.io.IOException;

/** A file that is neither a pcap nor a pcapng capture, or of a link type that cannot be read. */
public final class NotACaptureException extends IOException {

  private static final long serialVersionUID = 1L;

  public NotACaptureException(String message) {
    super(message);
  }
}
