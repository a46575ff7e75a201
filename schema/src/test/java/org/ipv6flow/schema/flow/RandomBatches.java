package org.ipv6flow.schema.flow;

import java.util.Random;

/** Seeded batches that use every column, with values of every width. */
public final class RandomBatches {

  private RandomBatches() {}

  /** Fills {@code c} with up to its capacity of records; about a third of the columns stay 0. */
  public static FlowColumns fill(FlowColumns c, Random random) {
    c.clear();
    c.batchSequence = random.nextLong() & Long.MAX_VALUE;
    c.baseTimeMillis = 1_790_000_000_000L + random.nextInt(1_000_000);
    for (int i = random.nextInt(5); i > 0; i--) {
      c.samplingIndex(1 + random.nextInt(100_000), (byte) random.nextInt(8));
    }
    int records = random.nextInt(c.capacity + 1);
    int appended = 0;
    while (appended < records) {
      int count = Math.min(records - appended, 1 + random.nextInt(30));
      int source = c.sourceIndex(random.nextInt(3), random.nextLong(), random.nextInt());
      long received = c.baseTimeMillis + random.nextInt(100);
      c.recordCount += count;
      c.addMessage(
          source, count, random.nextInt(), received, received + random.nextInt(10_000) - 5_000);
      appended += count;
    }
    fillInts(random, records, c.ingressInterface, c.egressInterface, c.sourcePort);
    fillInts(random, records, c.destinationPort, c.tcpControlBits, c.flowLabel, c.sourceAs);
    fillInts(random, records, c.destinationAs, c.nextAdjacentAs, c.previousAdjacentAs, c.vlanId);
    fillInts(random, records, c.topMplsLabel, c.flags);
    fillLongs(random, records, c.sourceAddressHigh, c.sourceAddressLow, c.destinationAddressHigh);
    fillLongs(random, records, c.destinationAddressLow, c.bgpNextHopHigh, c.bgpNextHopLow);
    fillLongs(random, records, c.octets, c.packets);
    fillBytes(random, records, c.direction, c.ipVersion, c.ipVersionRule, c.sourcePrefixLength);
    fillBytes(random, records, c.destinationPrefixLength, c.protocol, c.nextHeader);
    fillBytes(random, records, c.ipClassOfService, c.innerIpVersion, c.forwardingStatus);
    fillBytes(random, records, c.flowEndReason);
    for (int i = 0; i < records; i++) {
      c.firstSwitchedMillis[i] = c.baseTimeMillis - random.nextInt(600_000);
      c.lastSwitchedMillis[i] = c.firstSwitchedMillis[i] + random.nextInt(60_000);
      c.samplingIndex[i] = (byte) random.nextInt(c.samplingCount);
    }
    return c;
  }

  private static void fillInts(Random random, int records, int[]... columns) {
    for (int[] column : columns) {
      if (random.nextInt(3) > 0) {
        for (int i = 0; i < records; i++) {
          column[i] = random.nextInt() >>> random.nextInt(32);
        }
      }
    }
  }

  private static void fillLongs(Random random, int records, long[]... columns) {
    for (long[] column : columns) {
      if (random.nextInt(3) > 0) {
        for (int i = 0; i < records; i++) {
          column[i] = random.nextLong() >>> random.nextInt(64);
        }
      }
    }
  }

  private static void fillBytes(Random random, int records, byte[]... columns) {
    for (byte[] column : columns) {
      if (random.nextInt(3) > 0) {
        for (int i = 0; i < records; i++) {
          column[i] = (byte) random.nextInt();
        }
      }
    }
  }
}
