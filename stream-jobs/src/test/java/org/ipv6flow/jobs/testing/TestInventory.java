package org.ipv6flow.jobs.testing;

import java.time.LocalDate;
import java.util.List;
import org.ipv6flow.schema.inventory.CountMode;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Link;
import org.ipv6flow.schema.inventory.LinkCapacity;
import org.ipv6flow.schema.inventory.Node;
import org.ipv6flow.schema.inventory.Operator;
import org.ipv6flow.schema.inventory.PrefixSet;
import org.jspecify.annotations.Nullable;

/**
 * Operators CT and CU at one node, joined by three links.
 *
 * <ul>
 *   <li>LINK-1: both sides export; each counts what it receives. On CT's router interface 1, on
 *       CU's interface 1.
 *   <li>LINK-2: only CT exports and counts both directions, on interface 2.
 *   <li>LINK-3: CU exports on two interfaces, 3 and 4, of which 3 counts both directions.
 * </ul>
 *
 * Both routers have an interface 100 towards their core. CT's active timeout is 60 s, CU's is not
 * given.
 */
public final class TestInventory {

  /** 127.18.0.2 and 127.18.0.3, IPv4-mapped. */
  public static final long CT_ROUTER = 0x0000_FFFF_7F12_0002L;

  public static final long CU_ROUTER = 0x0000_FFFF_7F12_0003L;

  private static final long GIGABIT = 1_000_000_000L;

  private TestInventory() {}

  public static Inventory create() {
    return new Inventory(
        "test-1",
        List.of(new Node("DCP-BJ", "Beijing", "北京", "dcp", "Beijing", "北京市", 39.9, 116.41)),
        List.of(
            new Operator("CT", "China Telecom", "中国电信", List.of()),
            new Operator("CU", "China Unicom", "中国联通", List.of())),
        List.of(link("LINK-1"), link("LINK-2"), link("LINK-3")),
        List.of(
            exporter(
                "CT-R1",
                "CT",
                "127.18.0.2",
                60,
                edge(1, "LINK-1", CountMode.IN),
                edge(2, "LINK-2", CountMode.IN_OUT),
                core()),
            exporter(
                "CU-R1",
                "CU",
                "127.18.0.3",
                0,
                edge(1, "LINK-1", CountMode.IN),
                edge(3, "LINK-3", CountMode.IN_OUT),
                edge(4, "LINK-3", CountMode.NONE),
                core())),
        List.of(
            set("v4-bogon", "10.0.0.0/8", "100.64.0.0/10", "192.168.0.0/16"),
            set(
                "v6-nonglobal",
                "::/128",
                "::1/128",
                "::ffff:0:0/96",
                "fe80::/10",
                "fc00::/7",
                "fec0::/10",
                "100::/64",
                "2001:2::/48",
                "2001:db8::/32",
                "3fff::/20"),
            set("sixtofour-relay", "192.88.99.0/24"),
            set("teredo", "2001::/32"),
            set("nat64", "64:ff9b::/96", "64:ff9b:1::/48", "240e:6464::/32"),
            set("srv6-locator", "5f00::/16", "240e:aaaa::/32"),
            set("operator", "240e::/18", "2408:8000::/20")));
  }

  private static Link link(String id) {
    return new Link(
        id,
        "DCP-BJ",
        "CT",
        "CU",
        "interconnect",
        LocalDate.of(2018, 9, 30),
        List.of(new LinkCapacity(LocalDate.of(2018, 1, 1), null, 300 * GIGABIT, 3)));
  }

  private static Exporter exporter(
      String id,
      String operator,
      String address,
      int activeTimeoutSeconds,
      ExporterInterface... interfaces) {
    return new Exporter(
        id,
        "DCP-BJ",
        operator,
        address,
        "cisco-xr-like",
        "netflow9",
        65_536,
        1000,
        "random",
        "sampler-id",
        activeTimeoutSeconds,
        15,
        4,
        List.of(interfaces),
        null);
  }

  private static ExporterInterface edge(long index, @Nullable String link, CountMode mode) {
    return new ExporterInterface(index, "eth" + index, link, "edge", mode, 300 * GIGABIT);
  }

  private static ExporterInterface core() {
    return new ExporterInterface(100, "core", null, "core", CountMode.NONE, 400 * GIGABIT);
  }

  private static PrefixSet set(String kind, String... prefixes) {
    return new PrefixSet(kind, kind, "test", LocalDate.of(2026, 1, 1), List.of(prefixes));
  }
}
