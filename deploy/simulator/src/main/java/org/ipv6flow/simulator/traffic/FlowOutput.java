package org.ipv6flow.simulator.traffic;

import org.ipv6flow.simulator.export.FlowRecord;

/** Takes finished flow records; the record is reused afterwards. */
@FunctionalInterface
public interface FlowOutput {
  void accept(FlowRecord flow);
}
