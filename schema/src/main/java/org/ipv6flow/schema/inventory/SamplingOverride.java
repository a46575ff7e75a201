package org.ipv6flow.schema.inventory;

import java.io.Serializable;

/** A sampling interval that is used whatever the exporter announces: N of 1 in N. */
public record SamplingOverride(double interval) implements Serializable {

  public SamplingOverride {
    if (!(interval >= 1) || Double.isInfinite(interval)) {
      throw new IllegalArgumentException(
          "sampling interval %s (expected: 1 or more)".formatted(interval));
    }
  }
}
