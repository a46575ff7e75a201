package org.ipv6flow.collector.config;

import java.time.Duration;
import java.util.List;
import org.ipv6flow.collector.sender.AddressPrefix;
import org.jspecify.annotations.Nullable;

/**
 * Who may send, and how much ({@code collector.senders}).
 *
 * @param allow prefixes of exporters; null for those of the inventory and this machine itself, or
 *     for anyone if there is no inventory
 * @param maxDatagramsPerSecond of one exporter; 0 for any number
 * @param maxMalformedPerMinute malformed messages of one exporter before it is put into quarantine,
 *     if they are more than its good ones; 0 for any number
 * @param quarantine how long
 */
public record SenderConfig(
    @Nullable List<AddressPrefix> allow,
    int maxDatagramsPerSecond,
    int maxMalformedPerMinute,
    Duration quarantine) {

  public SenderConfig {
    allow = allow == null ? null : List.copyOf(allow);
  }
}
