package org.ipv6flow.schema.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ipv6flow.schema.traffic.LinkDirection;

/** Checks that the parts of an inventory fit together; every misfit is a finding at its line. */
final class InventoryCheck {

  private final Inventory inventory;
  private final Places places;
  private final Findings findings;
  private final Map<String, Node> nodes;
  private final Map<String, Operator> operators;
  private final Map<String, Link> links;

  InventoryCheck(Inventory inventory, Places places, Findings findings) {
    this.inventory = inventory;
    this.places = places;
    this.findings = findings;
    nodes = unique("node", inventory.nodes(), Node::id);
    operators = unique("operator", inventory.operators(), Operator::id);
    links = unique("link", inventory.links(), Link::id);
  }

  void run() {
    unique("exporter", inventory.exporters(), Exporter::id);
    unique("prefix set", inventory.prefixSets(), set -> set.kind() + " " + set.name());
    unique("organisation", inventory.organisations(), Organisation::id);
    unique("access pool", inventory.accessPools(), AccessPool::id);
    inventory.links().forEach(this::checkLink);
    checkOrganisations();
    checkAccessPools();
    checkAddresses();
    inventory.exporters().forEach(this::checkExporter);
    checkPrimaryObservations();
  }

  private <T> Map<String, T> unique(String what, List<T> parts, Function<T, String> id) {
    Map<String, T> byId = new HashMap<>();
    for (T part : parts) {
      T first = byId.putIfAbsent(id.apply(part), part);
      if (first != null) {
        findings.add(
            places.of(part),
            "%s '%s' is defined twice (first at %s)"
                .formatted(what, id.apply(part), places.of(first)));
      }
    }
    return byId;
  }

  private void require(Map<String, ?> known, String what, String id, Object part, String name) {
    if (!known.containsKey(id)) {
      findings.add(
          places.of(part), "%s names %s '%s', which is not defined".formatted(name, what, id));
    }
  }

  private void checkLink(Link link) {
    String name = "link '%s'".formatted(link.id());
    require(nodes, "node", link.nodeId(), link, name);
    require(operators, "operator", link.aOperatorId(), link, name);
    require(operators, "operator", link.bOperatorId(), link, name);
    if (link.aOperatorId().equals(link.bOperatorId())) {
      findings.add(places.of(link), name + " joins an operator to itself");
    }
    checkCapacities(name, link.capacities());
  }

  /** A prefix or an AS number leads to one organisation. */
  private void checkOrganisations() {
    Map<String, Organisation> byPrefix = new HashMap<>();
    List<Organisation> before = new ArrayList<>();
    for (Organisation organisation : inventory.organisations()) {
      checkPrefixes(
          "organisation", organisation, organisation.id(), organisation.prefixes(), byPrefix);
      for (Organisation other : before) {
        if (overlap(organisation.asNumbers(), other.asNumbers())) {
          findings.add(
              places.of(organisation),
              "organisation '%s' has an AS number of '%s' (at %s)"
                  .formatted(organisation.id(), other.id(), places.of(other)));
        }
      }
      before.add(organisation);
    }
  }

  private void checkAccessPools() {
    Map<String, AccessPool> byPrefix = new HashMap<>();
    for (AccessPool pool : inventory.accessPools()) {
      require(
          operators, "operator", pool.operatorId(), pool, "access pool '%s'".formatted(pool.id()));
      checkPrefixes("access pool", pool, pool.id(), pool.prefixes(), byPrefix);
    }
  }

  private <T> void checkPrefixes(
      String what, T part, String id, List<String> prefixes, Map<String, T> byPrefix) {
    for (String prefix : prefixes) {
      T first = byPrefix.putIfAbsent(prefix, part);
      if (first != null) {
        findings.add(
            places.of(part),
            "%s '%s' has prefix %s, which is taken (at %s)"
                .formatted(what, id, prefix, places.of(first)));
      }
    }
  }

  private static boolean overlap(List<AsRange> ones, List<AsRange> others) {
    return ones.stream()
        .anyMatch(
            one ->
                others.stream()
                    .anyMatch(other -> one.first() <= other.last() && other.first() <= one.last()));
  }

  private void checkCapacities(String name, List<LinkCapacity> periods) {
    for (int i = 0; i < periods.size(); i++) {
      LinkCapacity period = periods.get(i);
      if (period.until() != null && !period.until().isAfter(period.from())) {
        findings.add(places.of(period), name + ": a capacity ends before it begins");
      }
      if (period.bitsPerSecond() <= 0) {
        findings.add(
            places.of(period),
            "%s: capacity %d bit/s (expected: more than 0)"
                .formatted(name, period.bitsPerSecond()));
      }
      if (i > 0) {
        LinkCapacity before = periods.get(i - 1);
        if (before.until() == null || before.until().isAfter(period.from())) {
          findings.add(
              places.of(period),
              "%s: this capacity overlaps the one at %s (expected: that one to end by %s)"
                  .formatted(name, places.of(before), period.from()));
        }
      }
    }
  }

  private void checkAddresses() {
    Map<String, Exporter> byAddress = new HashMap<>();
    for (Exporter exporter : inventory.exporters()) {
      byte[] address = Prefixes.address(exporter.address());
      if (address == null) {
        findings.add(
            places.of(exporter),
            "exporter '%s': '%s' is no literal address"
                .formatted(exporter.id(), exporter.address()));
        continue;
      }
      Exporter first = byAddress.putIfAbsent(HexFormat.of().formatHex(address), exporter);
      if (first != null) {
        findings.add(
            places.of(exporter),
            "exporter '%s' has the address of '%s' (at %s)"
                .formatted(exporter.id(), first.id(), places.of(first)));
      }
    }
  }

  private void checkExporter(Exporter exporter) {
    String name = "exporter '%s'".formatted(exporter.id());
    require(nodes, "node", exporter.nodeId(), exporter, name);
    require(operators, "operator", exporter.operatorId(), exporter, name);
    unique(name + " interface", exporter.interfaces(), port -> Long.toString(port.index()));
    checkMembers(exporter, name);
    for (ExporterInterface port : exporter.interfaces()) {
      checkInterface(exporter, port);
    }
  }

  /** A record's interface leads to one interface or bundle. */
  private void checkMembers(Exporter exporter, String name) {
    Map<Long, ExporterInterface> byIndex = new HashMap<>();
    exporter.interfaces().forEach(port -> byIndex.putIfAbsent(port.index(), port));
    for (ExporterInterface bundle : exporter.interfaces()) {
      for (long member : bundle.members()) {
        ExporterInterface first = byIndex.putIfAbsent(member, bundle);
        if (first != null) {
          findings.add(
              places.of(bundle),
              "%s: member %d of interface %d is defined twice (first at %s)"
                  .formatted(name, member, bundle.index(), places.of(first)));
        }
      }
    }
  }

  private void checkInterface(Exporter exporter, ExporterInterface port) {
    String name = "interface %d of exporter '%s'".formatted(port.index(), exporter.id());
    if (port.linkId() == null) {
      if (port.countMode() != CountMode.NONE) {
        findings.add(
            places.of(port), name + " counts but names no link (expected: link, or counts: none)");
      }
      return;
    }
    Link link = links.get(port.linkId());
    if (link == null) {
      findings.add(
          places.of(port),
          "%s names link '%s', which is not defined".formatted(name, port.linkId()));
      return;
    }
    if (!exporter.operatorId().equals(link.aOperatorId())
        && !exporter.operatorId().equals(link.bOperatorId())) {
      findings.add(
          places.of(port),
          "%s is %s's, and link '%s' joins %s and %s"
              .formatted(
                  name, exporter.operatorId(), link.id(), link.aOperatorId(), link.bOperatorId()));
    }
  }

  /** Each octet is counted once: one primary observation per direction of a link. */
  private void checkPrimaryObservations() {
    Map<String, PrimaryObservation> primaries = new HashMap<>();
    for (PrimaryObservation observation : inventory.primaryObservations()) {
      String key = observation.linkId() + " " + observation.direction().label();
      PrimaryObservation first = primaries.putIfAbsent(key, observation);
      // Equal ones are one interface index, defined twice: a finding of its own.
      if (first != null && !first.equals(observation)) {
        findings.add(
            place(observation),
            "link '%s' %s is counted twice: here and at %s"
                .formatted(observation.linkId(), observation.direction().label(), place(first)));
      }
    }
    for (Link link : inventory.links()) {
      for (LinkDirection direction : LinkDirection.values()) {
        if (!primaries.containsKey(link.id() + " " + direction.label())) {
          findings.add(
              places.of(link),
              "link '%s' %s has no primary observation (expected: one interface that counts it)"
                  .formatted(link.id(), direction.label()));
        }
      }
    }
  }

  private String place(PrimaryObservation observation) {
    for (Exporter exporter : inventory.exporters()) {
      if (exporter.id().equals(observation.exporterId())) {
        for (ExporterInterface port : exporter.interfaces()) {
          if (port.index() == observation.interfaceIndex()) {
            return places.of(port);
          }
        }
      }
    }
    return "inventory";
  }
}
