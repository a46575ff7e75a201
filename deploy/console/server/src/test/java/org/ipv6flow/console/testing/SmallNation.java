package org.ipv6flow.console.testing;

import java.time.LocalDate;
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

/**
 * L1 and L2 of 100 Gbit/s between A and B at N1; R1 counts both directions of L1, R2 those of L2.
 */
public final class SmallNation {

  public static final String R1 = "127.19.0.1";
  public static final String R2 = "127.19.0.2";
  public static final double CAPACITY_BPS = 100e9;

  private SmallNation() {}

  public static Inventory inventory() {
    return new Inventory(
        "small-1",
        List.of(new Node("N1", "N1", "N1", "dcp", "Sichuan", "Sichuan", 30.0, 104.0)),
        List.of(operator("A", 64496), operator("B", 64497)),
        List.of(link("L1"), link("L2")),
        List.of(exporter("R1", R1, "L1"), exporter("R2", R2, "L2")),
        List.of());
  }

  private static Operator operator(String id, long asNumber) {
    return new Operator(id, id, id, List.of(new AsRange(asNumber, asNumber)));
  }

  private static Link link(String id) {
    return new Link(
        id,
        "N1",
        "A",
        "B",
        "interconnect",
        LocalDate.of(2018, 1, 1),
        List.of(new LinkCapacity(LocalDate.of(2018, 1, 1), null, (long) CAPACITY_BPS, 1)));
  }

  private static Exporter exporter(String id, String address, String link) {
    return new Exporter(
        id,
        "N1",
        "A",
        address,
        "any",
        "ipfix",
        1,
        1000,
        "random",
        "options",
        60,
        15,
        4,
        List.of(
            new ExporterInterface(1, "port1", link, "edge", CountMode.IN_OUT, (long) CAPACITY_BPS)),
        null);
  }
}
