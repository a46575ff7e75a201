package org.ipv6flow.benchmarks.schema;

import java.util.Random;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.IpVersionRule;
import org.ipv6flow.schema.flow.SamplingProvenance;

/** Fills batches with what interconnect routers export: 22 columns in use, 40 % IPv6. */
final class InterconnectTraffic {

  private static final int RECORDS_PER_MESSAGE = 14;
  private static final int EXPORTERS = 48;
  private static final int INTERFACES = 32;
  private static final long OPERATOR_PREFIX = 0x240E_0000_0000_0000L;

  private final Random random = new Random(20_261_124);
  private final long baseTimeMillis = 1_795_000_000_000L;

  FlowColumns fill(FlowColumns c) {
    c.clear();
    c.baseTimeMillis = baseTimeMillis;
    int sampling = c.samplingIndex(1000, SamplingProvenance.SYSTEM.code());
    int sequence = random.nextInt();
    while (c.remaining() > 0) {
      int count = Math.min(RECORDS_PER_MESSAGE, c.remaining());
      int exporter = random.nextInt(EXPORTERS);
      int source =
          c.sourceIndex(0, FlowColumns.IPV4_MAPPED_PREFIX | 0x7F12_0000L | exporter, exporter);
      for (int i = 0; i < count; i++) {
        fillRecord(c, c.recordCount + i, sampling);
      }
      c.recordCount += count;
      c.addMessage(source, count, sequence++, baseTimeMillis + 20, baseTimeMillis - 300);
    }
    return c;
  }

  private void fillRecord(FlowColumns c, int i, int sampling) {
    boolean ipv6 = random.nextInt(10) < 4;
    c.ingressInterface[i] = 1001 + random.nextInt(INTERFACES);
    c.egressInterface[i] = 2001;
    c.direction[i] = 1;
    c.ipVersion[i] = (byte) (ipv6 ? 6 : 4);
    c.ipVersionRule[i] = IpVersionRule.NON_ZERO_ADDRESS.code();
    c.sourceAddressHigh[i] = ipv6 ? OPERATOR_PREFIX | random.nextInt(1 << 20) << 8 : 0;
    c.sourceAddressLow[i] = ipv6 ? random.nextLong() : ipv4();
    c.destinationAddressHigh[i] = ipv6 ? OPERATOR_PREFIX | random.nextInt(1 << 20) << 8 : 0;
    c.destinationAddressLow[i] = ipv6 ? random.nextLong() : ipv4();
    c.sourcePrefixLength[i] = (byte) (ipv6 ? 32 : 16);
    c.destinationPrefixLength[i] = (byte) (ipv6 ? 32 : 16);
    c.sourcePort[i] = 443;
    c.destinationPort[i] = 1024 + random.nextInt(64_000);
    c.protocol[i] = (byte) (random.nextInt(4) == 0 ? 17 : 6);
    c.tcpControlBits[i] = c.protocol[i] == 6 ? 0x18 : 0;
    c.sourceAs[i] = 4134 + random.nextInt(2000);
    c.destinationAs[i] = 9808 + random.nextInt(2000);
    c.octets[i] = 64 + random.nextInt(3000);
    c.packets[i] = 1 + random.nextInt(3);
    c.firstSwitchedMillis[i] = baseTimeMillis - random.nextInt(60_000);
    c.lastSwitchedMillis[i] = c.firstSwitchedMillis[i] + random.nextInt(15_000);
    c.samplingIndex[i] = (byte) sampling;
  }

  private long ipv4() {
    return FlowColumns.IPV4_MAPPED_PREFIX | (0x2A00_0000L | random.nextInt(1 << 22));
  }
}
