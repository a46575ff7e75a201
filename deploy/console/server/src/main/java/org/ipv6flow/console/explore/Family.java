package org.ipv6flow.console.explore;

import java.util.List;
import org.ipv6flow.console.query.Step;

/** Tables that hold the same traffic told apart by the same columns; the order is of preference. */
public enum Family {
  LINK(
      "link_traffic",
      List.of(Step.TEN_SECONDS, Step.MINUTE, Step.FIVE_MINUTES, Step.HOUR, Step.DAY, Step.MONTH)),
  AS("as_traffic", List.of(Step.MINUTE, Step.FIVE_MINUTES, Step.HOUR, Step.DAY, Step.MONTH)),
  ORGANISATION_SOURCE(
      "organisation_traffic", List.of(Step.FIVE_MINUTES, Step.HOUR, Step.DAY, Step.MONTH)),
  ORGANISATION_DESTINATION(
      "organisation_traffic", List.of(Step.FIVE_MINUTES, Step.HOUR, Step.DAY, Step.MONTH)),
  SERVICE("service_traffic", List.of(Step.FIVE_MINUTES, Step.HOUR, Step.DAY, Step.MONTH)),
  /** One flow record in 1000, with truncated addresses: estimates. */
  FLOWS("flow_samples", List.of(Step.MINUTE, Step.FIVE_MINUTES, Step.HOUR, Step.DAY, Step.MONTH));

  private final String table;
  private final List<Step> steps;

  Family(String table, List<Step> steps) {
    this.table = table;
    this.steps = steps;
  }

  public String table() {
    return table;
  }

  public List<Step> steps() {
    return steps;
  }

  public boolean isEstimate() {
    return this == FLOWS;
  }
}
