package org.ipv6flow.jobs.aggregate;

import java.io.Serializable;
import org.ipv6flow.jobs.active.PseudonymKey;
import org.ipv6flow.jobs.flows.FlowSampling;
import org.jspecify.annotations.Nullable;

/**
 * What is made of flow records besides the traffic of link directions.
 *
 * @param asPairs pairs of AS that are told apart per link direction, IP version and minute; the
 *     rest is one more; 0: none of it
 * @param organisations whether traffic is told apart by organisation, province and access
 * @param services whether traffic is told apart by protocol and service
 * @param flows which records are kept as rows
 * @param pseudonymKey under which active prefixes are counted; null: they are not
 */
public record Outputs(
    int asPairs,
    boolean organisations,
    boolean services,
    FlowSampling flows,
    @Nullable PseudonymKey pseudonymKey)
    implements Serializable {

  public static final int DEFAULT_AS_PAIRS = 20;

  /** Everything that needs no secret. */
  public static final Outputs DEFAULT =
      new Outputs(DEFAULT_AS_PAIRS, true, true, FlowSampling.DEFAULT, null);

  /** The traffic of link directions alone. */
  public static final Outputs NONE = new Outputs(0, false, false, FlowSampling.NONE, null);
}
