package org.ipv6flow.jobs.traffic;

import java.io.Serializable;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.aggregate.TimeLimits;
import org.ipv6flow.jobs.deduplication.MessageDeduplicator;

/**
 * How records are counted, and what is made of them.
 *
 * @param rememberedMessages so many export messages are remembered, not to be counted again; 0:
 *     none
 */
public record TrafficSettings(TimeLimits timeLimits, Outputs outputs, int rememberedMessages)
    implements Serializable {

  /** All outputs that need no secret. */
  public static TrafficSettings of(TimeLimits timeLimits) {
    return new TrafficSettings(timeLimits, Outputs.DEFAULT, MessageDeduplicator.DEFAULT_MESSAGES);
  }
}
