package org.ipv6flow.jobs.aggregate;

import java.util.Arrays;
import org.ipv6flow.jobs.attribution.Attribution;
import org.ipv6flow.jobs.classification.TrafficClassifier;
import org.ipv6flow.jobs.estimate.SamplingScale;
import org.ipv6flow.jobs.spread.BucketSpread;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.traffic.UnattributedReason;

/**
 * The hot loop: attributes, classifies, scales and spreads the records of batches, and adds them
 * up. Every record ends in exactly one of the two tables. Allocates nothing per record. Not
 * thread-safe.
 *
 * <p>A record that fails several tests is unattributed for the first of: exporter and interface,
 * forwarding, sampling, time.
 */
public final class FlowAggregator {

  /** IE 61 flowDirection "egress" as the direction column writes it. */
  private static final byte EGRESS = 2;

  /**
   * Longer records than this many active timeouts were not cut as configured, or repeat the start
   * of the flow in every report; their counts then belong to the last active timeout.
   */
  private static final int CLAMP_BEYOND_TIMEOUTS = 3;

  private final Attribution attribution;
  private final TrafficClassifier classifier;
  private final TimeLimits limits;
  private final SamplingScale scale = new SamplingScale();
  private final DeltaTable linkTraffic = new DeltaTable(DeltaKind.LINK_TRAFFIC, 0);
  private final DeltaTable unattributed = new DeltaTable(DeltaKind.UNATTRIBUTED, 0);
  private final AggregatorCounts counts = new AggregatorCounts();

  /** Index of the exporter of each source of the batch. */
  private int[] exporterOfSource = new int[16];

  public FlowAggregator(Attribution attribution, TrafficClassifier classifier, TimeLimits limits) {
    this.attribution = attribution;
    this.classifier = classifier;
    this.limits = limits;
  }

  public DeltaTable linkTraffic() {
    return linkTraffic;
  }

  public DeltaTable unattributed() {
    return unattributed;
  }

  /** Running totals since the start. */
  public AggregatorCounts counts() {
    return counts;
  }

  public void add(FlowColumns batch) {
    scale.load(batch);
    resolveExporters(batch);
    int from = 0;
    for (int message = 0; message < batch.messageCount; message++) {
      int to = from + batch.messageRecordCount[message];
      for (int i = from; i < to; i++) {
        addRecord(batch, i, batch.messageSource[message], batch.messageReceiveTimeMillis[message]);
      }
      from = to;
    }
    counts.batches++;
    counts.records += batch.recordCount;
  }

  private void resolveExporters(FlowColumns batch) {
    if (exporterOfSource.length < batch.sourceCount) {
      exporterOfSource = Arrays.copyOf(exporterOfSource, batch.sourceExporterHigh.length);
    }
    for (int source = 0; source < batch.sourceCount; source++) {
      exporterOfSource[source] =
          attribution.exporter(batch.sourceExporterHigh[source], batch.sourceExporterLow[source]);
    }
  }

  private void addRecord(FlowColumns batch, int i, int source, long receivedMillis) {
    boolean isEgress = batch.direction[i] == EGRESS;
    int onInterface = isEgress ? batch.egressInterface[i] : batch.ingressInterface[i];
    int exporter = exporterOfSource[source];
    int answer = attribution.observation(exporter, onInterface, isEgress);
    if (!Attribution.isLinkDirection(answer)) {
      addUnattributed(batch, i, source, receivedMillis, Attribution.reason(answer));
    } else if (isNotForwarded(batch, i)) {
      addUnattributed(batch, i, source, receivedMillis, UnattributedReason.NOT_FORWARDED);
    } else if (!scale.isKnown(batch.samplingIndex[i] & 0xFF)) {
      addUnattributed(batch, i, source, receivedMillis, UnattributedReason.SAMPLING_UNKNOWN);
    } else if (!limits.isPlausible(batch.lastSwitchedMillis[i], receivedMillis)) {
      addUnattributed(batch, i, source, receivedMillis, UnattributedReason.TIME_OUT_OF_RANGE);
    } else {
      addLinkTraffic(batch, i, exporter, answer);
    }
  }

  /** RFC 7270 §4.12 (IE 89): the two high bits are 10 for dropped and 11 for consumed. */
  private static boolean isNotForwarded(FlowColumns batch, int i) {
    return (batch.flags[i] & FlowFlags.NOT_FORWARDED) != 0
        || (batch.forwardingStatus[i] & 0x80) != 0;
  }

  private void addLinkTraffic(FlowColumns batch, int i, int exporter, int answer) {
    int sampling = batch.samplingIndex[i] & 0xFF;
    long observedOctets = atMostMaxLong(batch.octets[i]);
    long observedPackets = atMostMaxLong(batch.packets[i]);
    long octets = scale.scale(observedOctets, sampling);
    long packets = scale.scale(observedPackets, sampling);
    double variance = scale.octetsVariance(observedOctets, observedPackets, sampling);
    long last = batch.lastSwitchedMillis[i];
    long first = clampedFirst(batch.firstSwitchedMillis[i], last, exporter);
    long key =
        LinkTrafficKey.withoutBucket(
            Attribution.link(answer),
            Attribution.direction(answer),
            batch.ipVersion[i] & 7,
            classifier.classify(batch, i));
    counts.attributedRecords++;
    counts.octets += octets;
    counts.observedOctets += observedOctets;

    long firstBucket = BucketSpread.bucketOf(first);
    long lastBucket = BucketSpread.lastBucketOf(first, last);
    if (firstBucket == lastBucket) {
      int entry = linkTraffic.locate(LinkTrafficKey.withBucket(key, firstBucket));
      linkTraffic.add(entry, octets, packets, observedOctets, observedPackets, 1, variance);
      return;
    }
    long duration = last - first;
    long records = 1;
    long octetsBefore = 0;
    long packetsBefore = 0;
    long observedOctetsBefore = 0;
    long observedPacketsBefore = 0;
    long elapsedBefore = 0;
    for (long bucket = firstBucket; bucket <= lastBucket; bucket++) {
      long end = Math.min(last, (bucket + 1) * BucketSpread.BUCKET_MILLIS);
      long elapsed = end - first;
      long octetsNow = BucketSpread.cumulative(octets, elapsed, duration);
      long packetsNow = BucketSpread.cumulative(packets, elapsed, duration);
      long observedOctetsNow = BucketSpread.cumulative(observedOctets, elapsed, duration);
      long observedPacketsNow = BucketSpread.cumulative(observedPackets, elapsed, duration);
      int entry = linkTraffic.locate(LinkTrafficKey.withBucket(key, bucket));
      linkTraffic.add(
          entry,
          octetsNow - octetsBefore,
          packetsNow - packetsBefore,
          observedOctetsNow - observedOctetsBefore,
          observedPacketsNow - observedPacketsBefore,
          records,
          variance * (elapsed - elapsedBefore) / duration);
      records = 0;
      octetsBefore = octetsNow;
      packetsBefore = packetsNow;
      observedOctetsBefore = observedOctetsNow;
      observedPacketsBefore = observedPacketsNow;
      elapsedBefore = elapsed;
    }
  }

  private long clampedFirst(long first, long last, int exporter) {
    if (first >= last) {
      return last;
    }
    long timeout = limits.activeTimeoutMillis(attribution.activeTimeoutMillis(exporter));
    if (first >= last - CLAMP_BEYOND_TIMEOUTS * timeout) {
      return first;
    }
    counts.clampedRecords++;
    return last - timeout;
  }

  private void addUnattributed(
      FlowColumns batch, int i, int source, long receivedMillis, UnattributedReason reason) {
    int sampling = batch.samplingIndex[i] & 0xFF;
    boolean isScaled = scale.isKnown(sampling);
    long observedOctets = atMostMaxLong(batch.octets[i]);
    long observedPackets = atMostMaxLong(batch.packets[i]);
    boolean isEgress = batch.direction[i] == EGRESS;
    long last = batch.lastSwitchedMillis[i];
    long time = limits.isPlausible(last, receivedMillis) ? last : receivedMillis;
    int entry =
        unattributed.locate(
            batch.sourceExporterHigh[source],
            batch.sourceExporterLow[source],
            UnattributedKey.word2(
                batch.sourceDomain[source],
                isEgress ? batch.egressInterface[i] : batch.ingressInterface[i]),
            UnattributedKey.word3(
                time,
                isEgress ? UnattributedKey.METER_EGRESS : UnattributedKey.METER_INGRESS,
                reason,
                batch.ipVersion[i] & 7));
    unattributed.add(
        entry,
        isScaled ? scale.scale(observedOctets, sampling) : 0,
        isScaled ? scale.scale(observedPackets, sampling) : 0,
        observedOctets,
        observedPackets,
        1,
        0);
    counts.unattributed(reason);
  }

  /** Counters are unsigned on the wire; none that is real reaches 2^63. */
  private static long atMostMaxLong(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }
}
