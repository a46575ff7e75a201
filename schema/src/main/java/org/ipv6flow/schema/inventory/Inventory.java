package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ipv6flow.schema.traffic.LinkDirection;

/**
 * Everything known about the network, checked: references exist, and every direction of every link
 * has exactly one primary observation.
 *
 * @param effectiveFrom since when the network is like this, until the next inventory; the epoch if
 *     always
 */
public record Inventory(
    String version,
    Instant effectiveFrom,
    List<Node> nodes,
    List<Operator> operators,
    List<Link> links,
    List<Exporter> exporters,
    List<PrefixSet> prefixSets,
    List<Organisation> organisations,
    List<AccessPool> accessPools)
    implements Serializable {

  /** An inventory that always was like this, and knows nobody behind addresses. */
  public Inventory(
      String version,
      List<Node> nodes,
      List<Operator> operators,
      List<Link> links,
      List<Exporter> exporters,
      List<PrefixSet> prefixSets) {
    this(
        version,
        Instant.EPOCH,
        nodes,
        operators,
        links,
        exporters,
        prefixSets,
        List.of(),
        List.of());
  }

  public Inventory {
    nodes = List.copyOf(nodes);
    operators = List.copyOf(operators);
    links = List.copyOf(links);
    exporters = List.copyOf(exporters);
    prefixSets = List.copyOf(prefixSets);
    organisations = List.copyOf(organisations);
    accessPools = List.copyOf(accessPools);
  }

  public Optional<Link> link(String id) {
    return links.stream().filter(link -> link.id().equals(id)).findFirst();
  }

  public Optional<Exporter> exporter(String id) {
    return exporters.stream().filter(exporter -> exporter.id().equals(id)).findFirst();
  }

  /**
   * The observation that counts each direction of each link.
   *
   * <p>What operator A's exporter meters on its way in came from B, and the reverse.
   */
  public List<PrimaryObservation> primaryObservations() {
    Map<String, Link> byId = new HashMap<>();
    links.forEach(link -> byId.put(link.id(), link));
    List<PrimaryObservation> observations = new ArrayList<>();
    for (Exporter exporter : exporters) {
      for (ExporterInterface port : exporter.interfaces()) {
        Link link = port.linkId() == null ? null : byId.get(port.linkId());
        if (link == null) {
          continue;
        }
        boolean atA = exporter.operatorId().equals(link.aOperatorId());
        LinkDirection in = atA ? LinkDirection.B_TO_A : LinkDirection.A_TO_B;
        LinkDirection out = atA ? LinkDirection.A_TO_B : LinkDirection.B_TO_A;
        if (port.countMode().countsIngress()) {
          observations.add(
              new PrimaryObservation(link.id(), in, exporter.id(), port.index(), Meter.INGRESS));
        }
        if (port.countMode().countsEgress()) {
          observations.add(
              new PrimaryObservation(link.id(), out, exporter.id(), port.index(), Meter.EGRESS));
        }
      }
    }
    return observations;
  }
}
