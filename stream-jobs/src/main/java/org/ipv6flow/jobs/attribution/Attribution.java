package org.ipv6flow.jobs.attribution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Meter;
import org.ipv6flow.schema.inventory.PrimaryObservation;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.UnattributedReason;

/**
 * Which link direction an observation counts for. An observation is an exporter's interface and a
 * meter on it (ingress or egress); exactly one of them is primary for each direction of a link, so
 * that no octet is counted twice.
 *
 * <p>Answers are ints: a link direction ({@link #link}, {@link #direction}) when not negative, else
 * a reason ({@link #reason}). Immutable; allocates nothing per question.
 */
public final class Attribution {

  /** Answer of {@link #exporter} for an address that no exporter of the inventory has. */
  public static final int NO_EXPORTER = -1;

  private static final UnattributedReason[] REASON_BY_CODE = reasonsByCode();

  private final LongKeyTable exporters;
  private final LongKeyTable observations;
  private final long[] activeTimeoutMillis;

  public Attribution(Inventory inventory, LinkTable links) {
    List<Exporter> all = inventory.exporters();
    exporters = new LongKeyTable(all.size());
    observations =
        new LongKeyTable(2 * all.stream().mapToInt(exporter -> exporter.interfaces().size()).sum());
    activeTimeoutMillis = new long[all.size()];
    Map<String, Integer> linkIndexes = links.indexes();
    Map<String, Integer> exporterIndexes = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Exporter exporter = all.get(i);
      exporterIndexes.put(exporter.id(), i);
      ExporterAddress address = ExporterAddress.parse(exporter.address());
      exporters.put(address.high(), address.low(), i);
      activeTimeoutMillis[i] = 1000L * exporter.activeTimeoutSeconds();
      for (ExporterInterface onExporter : exporter.interfaces()) {
        UnattributedReason otherwise =
            onExporter.linkId() == null
                ? UnattributedReason.INTERNAL_INTERFACE
                : UnattributedReason.NOT_PRIMARY;
        observations.put(i, key(onExporter.index(), Meter.INGRESS), answer(otherwise));
        observations.put(i, key(onExporter.index(), Meter.EGRESS), answer(otherwise));
      }
    }
    for (PrimaryObservation primary : inventory.primaryObservations()) {
      Integer link = linkIndexes.get(primary.linkId());
      Integer exporter = exporterIndexes.get(primary.exporterId());
      if (link == null || exporter == null) {
        throw new IllegalArgumentException(
            "primary observation of link %s on exporter %s: no such link or exporter"
                .formatted(primary.linkId(), primary.exporterId()));
      }
      int answer = link << 1 | (primary.direction() == LinkDirection.A_TO_B ? 0 : 1);
      observations.put(exporter, key(primary.interfaceIndex(), primary.meter()), answer);
    }
  }

  /** Index of the exporter with an address, or {@link #NO_EXPORTER}. */
  public int exporter(long addressHigh, long addressLow) {
    return exporters.get(addressHigh, addressLow, NO_EXPORTER);
  }

  /** The exporter's active timeout; 0 if the inventory does not say. */
  public long activeTimeoutMillis(int exporter) {
    return activeTimeoutMillis[exporter];
  }

  /**
   * What an observation counts for.
   *
   * @param interfaceIndex unsigned 32 bits
   * @param isEgress whether the record was metered where packets leave (IE 61 = 1)
   */
  public int observation(int exporter, int interfaceIndex, boolean isEgress) {
    if (exporter == NO_EXPORTER) {
      return answer(UnattributedReason.UNKNOWN_EXPORTER);
    }
    if (interfaceIndex == 0) {
      return answer(UnattributedReason.NO_INTERFACE);
    }
    long key = (interfaceIndex & 0xFFFF_FFFFL) << 1 | (isEgress ? 1 : 0);
    return observations.get(exporter, key, answer(UnattributedReason.UNKNOWN_INTERFACE));
  }

  public static boolean isLinkDirection(int answer) {
    return answer >= 0;
  }

  public static int link(int answer) {
    return answer >> 1;
  }

  public static LinkDirection direction(int answer) {
    return (answer & 1) == 0 ? LinkDirection.A_TO_B : LinkDirection.B_TO_A;
  }

  public static UnattributedReason reason(int answer) {
    return REASON_BY_CODE[-answer];
  }

  private static int answer(UnattributedReason reason) {
    return -reason.code();
  }

  private static UnattributedReason[] reasonsByCode() {
    UnattributedReason[] byCode = new UnattributedReason[UnattributedReason.values().length + 1];
    Arrays.fill(byCode, UnattributedReason.UNKNOWN_EXPORTER);
    for (UnattributedReason reason : UnattributedReason.values()) {
      byCode[reason.code()] = reason;
    }
    return byCode;
  }

  private static long key(long interfaceIndex, Meter meter) {
    return interfaceIndex << 1 | (meter == Meter.EGRESS ? 1 : 0);
  }
}
