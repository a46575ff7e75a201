package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.util.List;

/**
 * What the operator states about an exporter's sampling: N of 1 in N.
 *
 * @param interval of everything that no narrower statement is about; 0 if nothing is stated
 * @param evenIfAnnounced whether it replaces what the exporter announces, because that is wrong;
 *     else it applies where the exporter announces nothing
 * @param narrower for an interface, a direction of it, or an IP version
 */
public record SamplingOverride(double interval, boolean evenIfAnnounced, List<Narrower> narrower)
    implements Serializable {

  public SamplingOverride {
    if (interval != 0 || narrower.isEmpty()) {
      checkInterval(interval);
    }
    narrower = List.copyOf(narrower);
  }

  /** For the whole exporter, where it announces nothing. */
  public SamplingOverride(double interval) {
    this(interval, false, List.of());
  }

  /**
   * A statement about a part of what an exporter meters.
   *
   * @param interfaceIndex 0 for all
   * @param direction 0 for both, 1 for what comes in, 2 for what goes out
   * @param ipVersion 4, 6, or 0 for both
   */
  public record Narrower(long interfaceIndex, int direction, int ipVersion, double interval)
      implements Serializable {
    public Narrower {
      checkInterval(interval);
    }
  }

  private static void checkInterval(double interval) {
    if (!(interval >= 1) || Double.isInfinite(interval)) {
      throw new IllegalArgumentException(
          "sampling interval %s (expected: 1 or more)".formatted(interval));
    }
  }
}
