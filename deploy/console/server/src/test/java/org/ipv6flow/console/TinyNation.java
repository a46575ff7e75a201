package org.ipv6flow.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.schema.inventory.AsRange;
import org.ipv6flow.schema.inventory.CountMode;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Link;
import org.ipv6flow.schema.inventory.LinkCapacity;
import org.ipv6flow.schema.inventory.Node;
import org.ipv6flow.schema.inventory.Operator;
import org.jspecify.annotations.Nullable;

/**
 * An inventory small enough to compute by hand: two nodes, three links, three operators. N2 is in
 * Sichuan, in the West; N1 in a province that no region lists.
 *
 * <pre>
 * L1  N1  A-B  interconnect   600 Gbit/s from 2018-01-01, 1000 from 2020-01-01; IPv6 2018-06-01
 * L2  N2  A-C  interconnect  4500 Gbit/s from 2018-01-01; IPv6 2020-06-01
 * L3  N2  B-C  international  100 Gbit/s from 2019-01-01; no IPv6
 *
 * R1  A's at N1, NetFlow v9: counts both directions of L1
 * R2  C's at N2, IPFIX: counts L2 a_to_b (into C) and both directions of L3
 * R3  A's at N2, IPFIX: counts L2 b_to_a (into A)
 * </pre>
 */
final class TinyNation {

  static final String R1 = "127.18.0.1";
  static final String R2 = "127.18.0.2";
  static final String R3 = "127.18.0.3";

  private static final long GBPS = 1_000_000_000L;

  private TinyNation() {}

  static Inventory inventory() {
    return inventory("tiny-1", 100);
  }

  static Inventory inventory(String version, long l3Gbps) {
    return new Inventory(
        version,
        List.of(node("N1", "P1"), node("N2", "Sichuan")),
        List.of(operator("A", 64496), operator("B", 64497), operator("C", 64498)),
        List.of(
            new Link(
                "L1",
                "N1",
                "A",
                "B",
                "interconnect",
                LocalDate.of(2018, 6, 1),
                List.of(
                    new LinkCapacity(
                        LocalDate.of(2018, 1, 1), LocalDate.of(2020, 1, 1), 600 * GBPS, 6),
                    new LinkCapacity(LocalDate.of(2020, 1, 1), null, 1000 * GBPS, 10))),
            new Link(
                "L2",
                "N2",
                "A",
                "C",
                "interconnect",
                LocalDate.of(2020, 6, 1),
                List.of(new LinkCapacity(LocalDate.of(2018, 1, 1), null, 4500 * GBPS, 45))),
            new Link(
                "L3",
                "N2",
                "B",
                "C",
                "international",
                null,
                List.of(new LinkCapacity(LocalDate.of(2019, 1, 1), null, l3Gbps * GBPS, 1)))),
        List.of(
            exporter("R1", "N1", "A", R1, "netflow9", port(1, "L1", CountMode.IN_OUT)),
            exporter(
                "R2",
                "N2",
                "C",
                R2,
                "ipfix",
                port(1, "L2", CountMode.IN),
                port(2, "L3", CountMode.IN_OUT),
                port(3, null, CountMode.NONE)),
            exporter("R3", "N2", "A", R3, "ipfix", port(1, "L2", CountMode.IN))),
        List.of());
  }

  /** With L4, N2, between B and A (in this order), 200 Gbit/s; A's R3 counts both directions. */
  static Inventory withParallelLink() {
    Inventory tiny = inventory();
    List<Link> links = new ArrayList<>(tiny.links());
    links.add(
        new Link(
            "L4",
            "N2",
            "B",
            "A",
            "interconnect",
            LocalDate.of(2018, 1, 1),
            List.of(new LinkCapacity(LocalDate.of(2018, 1, 1), null, 200 * GBPS, 2))));
    return new Inventory(
        "tiny-parallel",
        tiny.nodes(),
        tiny.operators(),
        links,
        List.of(
            tiny.exporters().get(0),
            tiny.exporters().get(1),
            exporter(
                "R3",
                "N2",
                "A",
                R3,
                "ipfix",
                port(1, "L2", CountMode.IN),
                port(2, "L4", CountMode.IN_OUT))),
        tiny.prefixSets());
  }

  private static Node node(String id, String province) {
    return new Node(id, id, id, "dcp", province, province, 30.0, 110.0);
  }

  private static Operator operator(String id, long asNumber) {
    return new Operator(id, id, id, List.of(new AsRange(asNumber, asNumber)));
  }

  private static ExporterInterface port(long index, @Nullable String link, CountMode mode) {
    return new ExporterInterface(
        index, "port" + index, link, link == null ? "core" : "edge", mode, 1000 * GBPS);
  }

  private static Exporter exporter(
      String id,
      String node,
      String operator,
      String address,
      String protocol,
      ExporterInterface... ports) {
    return new Exporter(
        id,
        node,
        operator,
        address,
        "any",
        protocol,
        1,
        1000,
        "random",
        "options",
        60,
        15,
        4,
        List.of(ports),
        null);
  }
}
