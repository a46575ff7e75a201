package org.ipv6flow.jobs.aggregate;

import org.ipv6flow.jobs.spread.BucketSpread;

/**
 * Records that were attributed and are to be added to the sums, column by column.
 *
 * <p>Every table is larger than the nearest caches, so that finding a sum is mostly waiting for
 * memory. A short loop for each table lets the processor wait for several sums at a time; a loop
 * over records that does everything with each waits for one after the other. Not thread-safe.
 */
final class AttributedRecords {

  private static final int CAPACITY = 512;

  private final DeltaTable linkTraffic;
  private final DeltaTable asTraffic;
  private final DeltaTable organisationTraffic;
  private final DeltaTable serviceTraffic;
  private final Outputs outputs;
  private final long[] octets = new long[CAPACITY];
  private final long[] packets = new long[CAPACITY];
  private final long[] observedOctets = new long[CAPACITY];
  private final long[] observedPackets = new long[CAPACITY];
  private final double[] variance = new double[CAPACITY];
  private final long[] first = new long[CAPACITY];
  private final long[] last = new long[CAPACITY];
  private final int[] firstBucket = new int[CAPACITY];
  private final int[] lastBucket = new int[CAPACITY];

  /** Keys of link direction and IP version. */
  private final long[] link = new long[CAPACITY];

  private final byte[] trafficClass = new byte[CAPACITY];
  private final long[] asPair = new long[CAPACITY];
  private final long[] sourceParty = new long[CAPACITY];
  private final long[] destinationParty = new long[CAPACITY];
  private final long[] service = new long[CAPACITY];
  private final Measured measured = new Measured();
  private int count;

  /** Of no meaning: what is read must not be seen to be needed nowhere. */
  private long touched;

  AttributedRecords(
      DeltaTable linkTraffic,
      DeltaTable asTraffic,
      DeltaTable organisationTraffic,
      DeltaTable serviceTraffic,
      Outputs outputs) {
    this.linkTraffic = linkTraffic;
    this.asTraffic = asTraffic;
    this.organisationTraffic = organisationTraffic;
    this.serviceTraffic = serviceTraffic;
    this.outputs = outputs;
  }

  /**
   * Takes a record of a link direction and IP version; the words of its other keys may be set until
   * the next one is taken. Sums are complete after {@link #addUp} only.
   *
   * @return its number, for the setters
   */
  int take(Measured record, long linkDirection, byte classCode) {
    if (count == CAPACITY) {
      addUp();
    }
    int i = count++;
    octets[i] = record.octets;
    packets[i] = record.packets;
    observedOctets[i] = record.observedOctets;
    observedPackets[i] = record.observedPackets;
    variance[i] = record.variance;
    first[i] = record.first;
    last[i] = record.last;
    firstBucket[i] = record.firstBucket;
    lastBucket[i] = record.lastBucket;
    link[i] = linkDirection;
    trafficClass[i] = classCode;
    return i;
  }

  void setAsPair(int i, int source, int destination) {
    asPair[i] = (long) source << 32 | destination & 0xFFFF_FFFFL;
  }

  void setParties(int i, int party, int area, int partyOfDestination, int areaOfDestination) {
    sourceParty[i] = (long) party << 32 | area;
    destinationParty[i] = (long) partyOfDestination << 32 | areaOfDestination;
  }

  void setService(int i, int protocol, byte code) {
    service[i] = (long) protocol << 32 | code;
  }

  /** Adds what was taken to the sums. */
  void addUp() {
    addLinkTraffic();
    if (outputs.asPairs() > 0) {
      addAsTraffic();
    }
    if (outputs.organisations()) {
      addOrganisationTraffic(sourceParty, Side.SOURCE.code());
      addOrganisationTraffic(destinationParty, Side.DESTINATION.code());
    }
    if (outputs.services()) {
      addServiceTraffic();
    }
    count = 0;
  }

  private void addLinkTraffic() {
    for (int i = 0; i < count; i++) {
      long key = LinkTrafficKey.withClass(link[i], trafficClass[i]);
      if (firstBucket[i] == lastBucket[i]) {
        add(linkTraffic, linkTraffic.locate(LinkTrafficKey.withBucket(key, firstBucket[i])), i);
      } else {
        measured(i).spread(linkTraffic, 0, 0, 0, key);
      }
    }
  }

  private void addAsTraffic() {
    long read = 0;
    for (int i = 0; i < count; i++) {
      int bucket = Math.floorDiv(firstBucket[i], BucketSpread.BUCKETS_PER_MINUTE);
      read ^= asTraffic.touch(asPair[i], LinkTrafficKey.withBucket(link[i], bucket));
    }
    touched = read;
    for (int i = 0; i < count; i++) {
      int bucket = Math.floorDiv(firstBucket[i], BucketSpread.BUCKETS_PER_MINUTE);
      if (bucket == Math.floorDiv(lastBucket[i], BucketSpread.BUCKETS_PER_MINUTE)) {
        long key = LinkTrafficKey.withBucket(link[i], bucket);
        add(asTraffic, asTraffic.locate(asPair[i], key), i);
      } else {
        measured(i).spread(asTraffic, asPair[i], 0, 0, link[i]);
      }
    }
  }

  private void addOrganisationTraffic(long[] party, byte side) {
    long read = 0;
    for (int i = 0; i < count; i++) {
      long key = LinkTrafficKey.withClass(link[i], side);
      int bucket = Math.floorDiv(firstBucket[i], BucketSpread.BUCKETS_PER_5_MINUTES);
      read ^= organisationTraffic.touch(party[i], LinkTrafficKey.withBucket(key, bucket));
    }
    touched = read;
    for (int i = 0; i < count; i++) {
      long key = LinkTrafficKey.withClass(link[i], side);
      int bucket = Math.floorDiv(firstBucket[i], BucketSpread.BUCKETS_PER_5_MINUTES);
      if (bucket == Math.floorDiv(lastBucket[i], BucketSpread.BUCKETS_PER_5_MINUTES)) {
        long inBucket = LinkTrafficKey.withBucket(key, bucket);
        add(organisationTraffic, organisationTraffic.locate(party[i], inBucket), i);
      } else {
        measured(i).spread(organisationTraffic, party[i], 0, 0, key);
      }
    }
  }

  private void addServiceTraffic() {
    for (int i = 0; i < count; i++) {
      int bucket = Math.floorDiv(firstBucket[i], BucketSpread.BUCKETS_PER_5_MINUTES);
      if (bucket == Math.floorDiv(lastBucket[i], BucketSpread.BUCKETS_PER_5_MINUTES)) {
        long key = LinkTrafficKey.withBucket(link[i], bucket);
        add(serviceTraffic, serviceTraffic.locate(service[i], key), i);
      } else {
        measured(i).spread(serviceTraffic, service[i], 0, 0, link[i]);
      }
    }
  }

  private void add(DeltaTable table, int entry, int i) {
    table.add(entry, octets[i], packets[i], observedOctets[i], observedPackets[i], 1, variance[i]);
  }

  private Measured measured(int i) {
    measured.octets = octets[i];
    measured.packets = packets[i];
    measured.observedOctets = observedOctets[i];
    measured.observedPackets = observedPackets[i];
    measured.variance = variance[i];
    measured.first = first[i];
    measured.last = last[i];
    return measured;
  }
}
