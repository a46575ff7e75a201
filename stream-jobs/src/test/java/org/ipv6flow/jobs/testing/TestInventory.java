package org.ipv6flow.jobs.testing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.schema.inventory.AccessPool;
import org.ipv6flow.schema.inventory.AsRange;
import org.ipv6flow.schema.inventory.CountMode;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Link;
import org.ipv6flow.schema.inventory.LinkCapacity;
import org.ipv6flow.schema.inventory.Node;
import org.ipv6flow.schema.inventory.Operator;
import org.ipv6flow.schema.inventory.Organisation;
import org.ipv6flow.schema.inventory.PrefixSet;
import org.jspecify.annotations.Nullable;

/**
 * Operators CT and CU at one node, joined by three links.
 *
 * <ul>
 *   <li>LINK-1: both sides export; each counts what it receives. On CT's router interface 1, on
 *       CU's interface 1.
 *   <li>LINK-2: only CT exports and counts both directions, on interface 2, a bundle of 21 and 22.
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
    return create("test-1", Instant.EPOCH, List.of(link("LINK-1"), link("LINK-2"), link("LINK-3")));
  }

  /** Interface 1 of CT's router carries another link from a time on. */
  public static Inventory withAnotherLinkFrom(Instant effectiveFrom) {
    Inventory before = create();
    List<Exporter> exporters = new ArrayList<>();
    for (Exporter exporter : before.exporters()) {
      List<ExporterInterface> interfaces = new ArrayList<>();
      for (ExporterInterface port : exporter.interfaces()) {
        interfaces.add(
            "LINK-1".equals(port.linkId()) ? edge(port.index(), "LINK-9", CountMode.IN) : port);
      }
      exporters.add(
          exporter(
              exporter.id(),
              exporter.operatorId(),
              exporter.address(),
              exporter.activeTimeoutSeconds(),
              interfaces.toArray(ExporterInterface[]::new)));
    }
    return new Inventory(
        "test-2",
        effectiveFrom,
        before.nodes(),
        before.operators(),
        List.of(link("LINK-9"), link("LINK-2"), link("LINK-3")),
        exporters,
        before.prefixSets(),
        before.organisations(),
        before.accessPools());
  }

  private static Inventory create(String version, Instant effectiveFrom, List<Link> links) {
    return new Inventory(
        version,
        effectiveFrom,
        List.of(new Node("DCP-BJ", "Beijing", "北京", "dcp", "Beijing", "北京市", 39.9, 116.41)),
        List.of(
            new Operator("CT", "China Telecom", "中国电信", List.of()),
            new Operator("CU", "China Unicom", "中国联通", List.of())),
        links,
        List.of(
            exporter(
                "CT-R1",
                "CT",
                "127.18.0.2",
                60,
                edge(1, "LINK-1", CountMode.IN),
                bundle(2, "LINK-2", CountMode.IN_OUT, 21L, 22L),
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
            set("v4-bogon", "10.0.0.0/8", "100.64.0.0/10", "192.168.0.0/16", "198.18.0.0/15"),
            set("sixrd-br", "42.80.255.0/28"),
            set("sixrd-prefix", "240e:c::/32"),
            set("aftr", "240e:a:1::/64"),
            set("lw4o6-aftr", "240e:a:2::/64"),
            set("map-e-br", "240e:a:3::/64"),
            set("map-t", "240e:b::/32"),
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
            operator("CT", "240e::/18"),
            operator("CU", "2408:8000::/20")),
        List.of(
            new Organisation(
                "CDN-1",
                "cdn",
                "",
                "",
                "video",
                "test",
                LocalDate.EPOCH,
                List.of(new AsRange(64_500, 64_501)),
                List.of()),
            new Organisation(
                "CLOUD-1",
                "cloud",
                "",
                "",
                "",
                "test",
                LocalDate.EPOCH,
                List.of(),
                List.of("240e:1:1::/48"))),
        List.of(
            new AccessPool(
                "CT-BJ-5G",
                "CT",
                "Beijing",
                "east",
                "5g",
                "test",
                LocalDate.EPOCH,
                List.of("240e:1::/32"))));
  }

  private static PrefixSet operator(String id, String prefix) {
    return new PrefixSet(id, "operator", "test", LocalDate.of(2026, 1, 1), List.of(prefix));
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

  private static ExporterInterface bundle(
      long index, String link, CountMode mode, Long... members) {
    return new ExporterInterface(
        index, "trunk" + index, link, "edge", mode, 300 * GIGABIT, List.of(members));
  }

  private static ExporterInterface core() {
    return new ExporterInterface(100, "core", null, "core", CountMode.NONE, 400 * GIGABIT);
  }

  private static PrefixSet set(String kind, String... prefixes) {
    return new PrefixSet(kind, kind, "test", LocalDate.of(2026, 1, 1), List.of(prefixes));
  }
}
