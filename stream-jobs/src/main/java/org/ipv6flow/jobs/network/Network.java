package org.ipv6flow.jobs.network;

import org.ipv6flow.jobs.attribution.Attribution;
import org.ipv6flow.jobs.dictionary.AddressDictionary;

/**
 * One inventory, compiled, and the time for which it holds.
 *
 * @param fromMillis when it takes effect
 * @param untilMillis when the next one does, exclusive
 */
public record Network(
    Attribution attribution, AddressDictionary dictionary, long fromMillis, long untilMillis) {

  public boolean holdsAt(long epochMillis) {
    return epochMillis >= fromMillis && epochMillis < untilMillis;
  }
}
