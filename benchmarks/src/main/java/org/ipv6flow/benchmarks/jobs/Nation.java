package org.ipv6flow.benchmarks.jobs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.inventory.AccessPool;
import org.ipv6flow.schema.inventory.AsRange;
import org.ipv6flow.schema.inventory.CountMode;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Link;
import org.ipv6flow.schema.inventory.Operator;
import org.ipv6flow.schema.inventory.Organisation;
import org.ipv6flow.schema.inventory.PrefixSet;

/**
 * A nation's interconnects and what their routers export: 64 links, 20 000 prefixes, 40 % IPv6,
 * records of up to a minute, 50 AS on either side.
 */
final class Nation {

  static final long NOW = 1_795_000_000_000L;

  private static final int LINKS = 64;
  private static final int POOLS = 10_000;
  private static final int RECORDS_PER_MESSAGE = 25;
  private static final long IPV4_MAPPED = FlowColumns.IPV4_MAPPED_PREFIX;
  private static final long EXPORTERS = IPV4_MAPPED | 0x7F12_0000L;

  private Nation() {}

  static Inventory inventory() {
    List<Link> links = new ArrayList<>();
    List<Exporter> exporters = new ArrayList<>();
    for (int i = 0; i < LINKS; i++) {
      links.add(new Link("LINK-" + i, "N", "A", "B", "interconnect", null, List.of()));
      exporters.add(exporter("A", i));
      exporters.add(exporter("B", LINKS + i));
    }
    List<AccessPool> pools = new ArrayList<>();
    for (int i = 0; i < POOLS; i++) {
      pools.add(
          new AccessPool(
              "P" + i,
              "A",
              "Province-" + i % 31,
              "east",
              i % 3 == 0 ? "fixed" : "5g",
              "benchmark",
              LocalDate.EPOCH,
              List.of(
                  "240e:%x:%x::/48".formatted(i >> 8, i & 0xFF),
                  "42.%d.%d.0/24".formatted(i >> 8, i & 0xFF))));
    }
    return new Inventory(
        "benchmark",
        Instant.EPOCH,
        List.of(),
        List.of(operator("A"), operator("B")),
        links,
        exporters,
        List.of(
            set("v4-bogon", "10.0.0.0/8", "100.64.0.0/10", "198.18.0.0/15"),
            set("v6-nonglobal", "fc00::/7", "fe80::/10", "2001:db8::/32", "3fff::/20"),
            set("nat64", "64:ff9b::/96"),
            set("srv6-locator", "5f00::/16"),
            set("teredo", "2001::/32")),
        List.of(
            new Organisation(
                "CDN",
                "cdn",
                "",
                "",
                "",
                "benchmark",
                LocalDate.EPOCH,
                List.of(new AsRange(64_500, 64_510)),
                List.of("240e:1::/32"))),
        pools);
  }

  /** Fills a batch; batches of different seeds differ. */
  static FlowColumns fill(FlowColumns c, long seed) {
    Random random = new Random(seed);
    c.clear();
    c.baseTimeMillis = NOW;
    int sampling = c.samplingIndex(1_000, (byte) 1);
    int sequence = random.nextInt();
    while (c.remaining() > 0) {
      int count = Math.min(RECORDS_PER_MESSAGE, c.remaining());
      int exporter = random.nextInt(2 * LINKS);
      int source = c.sourceIndex(0, EXPORTERS | exporter, 0);
      for (int i = 0; i < count; i++) {
        fillRecord(c, c.recordCount + i, sampling, random);
      }
      c.recordCount += count;
      c.addMessage(source, count, sequence++, NOW + 20, NOW);
    }
    return c;
  }

  private static void fillRecord(FlowColumns c, int i, int sampling, Random random) {
    boolean isIpv6 = random.nextInt(10) < 4;
    long pool = random.nextInt(POOLS);
    c.ingressInterface[i] = 1001;
    c.egressInterface[i] = 2001;
    c.direction[i] = 1;
    c.ipVersion[i] = (byte) (isIpv6 ? 6 : 4);
    c.sourceAddressHigh[i] =
        isIpv6 ? 0x240E_0000_0000_0000L | pool >> 8 << 32 | (pool & 0xFF) << 16 : 0;
    c.sourceAddressLow[i] =
        isIpv6 ? random.nextLong() : IPV4_MAPPED | 0x2A00_0000L | pool << 8 | random.nextInt(256);
    c.destinationAddressHigh[i] = isIpv6 ? 0x2408_8000_0000_0000L | random.nextInt(1 << 20) : 0;
    c.destinationAddressLow[i] =
        isIpv6 ? random.nextLong() : IPV4_MAPPED | 0x3C00_0000L | random.nextInt(1 << 21);
    c.sourcePort[i] = 443;
    c.destinationPort[i] = 1_024 + random.nextInt(64_000);
    c.protocol[i] = (byte) (random.nextInt(4) == 0 ? 17 : 6);
    c.sourceAs[i] = 64_500 + random.nextInt(50);
    c.destinationAs[i] = 64_600 + random.nextInt(50);
    c.octets[i] = 64 + random.nextInt(3_000);
    c.packets[i] = 1 + random.nextInt(3);
    c.firstSwitchedMillis[i] = NOW - random.nextInt(60_000);
    // Half of the records hold one sampled packet; the others last.
    c.lastSwitchedMillis[i] =
        random.nextBoolean()
            ? c.firstSwitchedMillis[i]
            : Math.min(NOW, c.firstSwitchedMillis[i] + random.nextInt(30_000));
    c.samplingIndex[i] = (byte) sampling;
  }

  private static Exporter exporter(String operator, int i) {
    return new Exporter(
        "R" + i,
        "N",
        operator,
        "127.18.0." + i,
        "",
        "ipfix",
        0,
        1_000,
        "random",
        "",
        60,
        15,
        4,
        List.of(
            new ExporterInterface(1001, "edge", "LINK-" + i % LINKS, "edge", CountMode.IN, 0),
            new ExporterInterface(2001, "core", null, "core", CountMode.NONE, 0)),
        null);
  }

  private static Operator operator(String id) {
    return new Operator(id, id, "", List.of());
  }

  private static PrefixSet set(String kind, String... prefixes) {
    return new PrefixSet(kind, kind, "benchmark", LocalDate.EPOCH, List.of(prefixes));
  }
}
