package org.ipv6flow.collector.sender;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may send, and how much.
 *
 * @param allowed prefixes of those that may; null for anyone
 * @param maxDatagramsPerSecond of one exporter, with a burst of one second; 0 for any number
 * @param maxMalformedPerMinute malformed messages that one exporter may send before it is put into
 *     quarantine, if they are more than its good ones; 0 for any number
 * @param quarantine how long nothing of it is decoded then
 */
public record SenderPolicy(
    @Nullable List<AddressPrefix> allowed,
    int maxDatagramsPerSecond,
    int maxMalformedPerMinute,
    Duration quarantine) {

  public SenderPolicy {
    allowed = allowed == null ? null : List.copyOf(allowed);
  }

  /** Anyone may send anything. */
  public static SenderPolicy open() {
    return new SenderPolicy(null, 0, 0, Duration.ZERO);
  }

  boolean limits() {
    return allowed != null || maxDatagramsPerSecond > 0 || maxMalformedPerMinute > 0;
  }
}
