package org.ipv6flow.jobs.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Link;
import org.ipv6flow.schema.inventory.Meter;
import org.ipv6flow.schema.inventory.PrimaryObservation;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.UnattributedReason;

/**
 * Which link direction an observation counts for. An observation is an exporter's interface and a
 * meter on it (ingress or egress); exactly one of them is primary for each direction of a link, so
 * that no octet is counted twice.
 *
 * <p>Answers are ints: a link direction that is counted ({@link #link}, {@link #direction}) when
 * not negative, else a reason ({@link #reason}). An observation of a link that is not its primary
 * one still tells which direction it crosses ({@link #crossed}). Immutable; allocates nothing per
 * question.
 */
public final class Attribution {

  /** Answer of {@link #exporter} for an address that no exporter of the inventory has. */
  public static final int NO_EXPORTER = -1;

  /** Answer of {@link #crossed} and {@link #leavesBy} when no link is known. */
  public static final int NO_LINK = -1;

  /** Below: observations that are not primary, by the link direction that they cross. */
  private static final int FIRST_NOT_PRIMARY = -256;

  private static final UnattributedReason[] REASON_BY_CODE = reasonsByCode();

  private final LongKeyTable exporters;
  private final LongKeyTable observations;
  private final long[] activeTimeoutMillis;

  /**
   * @param linkNumber the number that stands for a link in answers
   */
  public Attribution(Inventory inventory, ToIntFunction<String> linkNumber) {
    List<Exporter> all = inventory.exporters();
    exporters = new LongKeyTable(all.size());
    observations =
        new LongKeyTable(
            2 * all.stream().mapToInt(exporter -> indexes(exporter.interfaces()).size()).sum());
    activeTimeoutMillis = new long[all.size()];
    Map<String, Link> links = new HashMap<>();
    inventory.links().forEach(link -> links.put(link.id(), link));
    Map<String, Integer> exporterIndexes = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Exporter exporter = all.get(i);
      exporterIndexes.put(exporter.id(), i);
      ExporterAddress address = ExporterAddress.parse(exporter.address());
      exporters.put(address.high(), address.low(), i);
      activeTimeoutMillis[i] = 1000L * exporter.activeTimeoutSeconds();
      for (ExporterInterface onExporter : exporter.interfaces()) {
        Link link = onExporter.linkId() == null ? null : links.get(onExporter.linkId());
        for (long index : indexes(List.of(onExporter))) {
          if (link == null) {
            int internal = answer(UnattributedReason.INTERNAL_INTERFACE);
            observations.put(i, key(index, Meter.INGRESS), internal);
            observations.put(i, key(index, Meter.EGRESS), internal);
          } else {
            // What A's router meters on its way in came from B.
            boolean isAtA = exporter.operatorId().equals(link.aOperatorId());
            int inward = linkNumber.applyAsInt(link.id()) << 1 | (isAtA ? 1 : 0);
            observations.put(i, key(index, Meter.INGRESS), notPrimary(inward));
            observations.put(i, key(index, Meter.EGRESS), notPrimary(inward ^ 1));
          }
        }
      }
    }
    for (PrimaryObservation primary : inventory.primaryObservations()) {
      Integer exporter = exporterIndexes.get(primary.exporterId());
      if (!links.containsKey(primary.linkId()) || exporter == null) {
        throw new IllegalArgumentException(
            "primary observation of link %s on exporter %s: no such link or exporter"
                .formatted(primary.linkId(), primary.exporterId()));
      }
      int answer =
          linkNumber.applyAsInt(primary.linkId()) << 1
              | (primary.direction() == LinkDirection.A_TO_B ? 0 : 1);
      for (ExporterInterface onExporter : all.get(exporter).interfaces()) {
        if (onExporter.index() == primary.interfaceIndex()) {
          for (long index : indexes(List.of(onExporter))) {
            observations.put(exporter, key(index, primary.meter()), answer);
          }
        }
      }
    }
  }

  /** A bundle is known by its own index and by those of its members. */
  private static List<Long> indexes(List<ExporterInterface> interfaces) {
    List<Long> indexes = new ArrayList<>();
    for (ExporterInterface onExporter : interfaces) {
      indexes.add(onExporter.index());
      indexes.addAll(onExporter.members());
    }
    return indexes;
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

  /**
   * The link direction that a packet crosses which a core-facing interface received and which
   * leaves by an edge interface, in the form of a counted answer; {@link #NO_LINK} if it leaves by
   * none.
   */
  public int leavesBy(int exporter, int egressInterface) {
    if (exporter == NO_EXPORTER || egressInterface == 0) {
      return NO_LINK;
    }
    int answer = observation(exporter, egressInterface, true);
    return isLinkDirection(answer) ? answer : crossed(answer);
  }

  public static boolean isLinkDirection(int answer) {
    return answer >= 0;
  }

  /**
   * The link direction that an observation crosses which is not the primary one, in the form of a
   * counted answer; {@link #NO_LINK} if the answer is another.
   */
  public static int crossed(int answer) {
    return answer <= FIRST_NOT_PRIMARY ? FIRST_NOT_PRIMARY - answer : NO_LINK;
  }

  public static int link(int answer) {
    return answer >> 1;
  }

  public static LinkDirection direction(int answer) {
    return (answer & 1) == 0 ? LinkDirection.A_TO_B : LinkDirection.B_TO_A;
  }

  public static UnattributedReason reason(int answer) {
    return answer <= FIRST_NOT_PRIMARY ? UnattributedReason.NOT_PRIMARY : REASON_BY_CODE[-answer];
  }

  private static int answer(UnattributedReason reason) {
    return -reason.code();
  }

  private static int notPrimary(int linkDirection) {
    return FIRST_NOT_PRIMARY - linkDirection;
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
