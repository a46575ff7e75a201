package org.ipv6flow.jobs.aggregate;

import java.util.Arrays;
import java.util.List;
import org.ipv6flow.jobs.active.ActivePrefixes;
import org.ipv6flow.jobs.attribution.Attribution;
import org.ipv6flow.jobs.classification.TrafficClassifier;
import org.ipv6flow.jobs.dictionary.AddressDictionary;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.estimate.SamplingScale;
import org.ipv6flow.jobs.flows.FlowSamples;
import org.ipv6flow.jobs.network.Network;
import org.ipv6flow.jobs.network.NetworkHistory;
import org.ipv6flow.jobs.services.Services;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.schema.traffic.UnattributedReason;
import org.jspecify.annotations.Nullable;

/**
 * The hot loop: attributes, classifies, scales and spreads the records of batches, and adds them
 * up. Every record ends in exactly one of link traffic and unattributed; what is told apart further
 * (by AS, organisation, service) has the totals of link traffic. Allocates nothing per record. Not
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

  private final TimeLimits limits;
  private final Outputs outputs;
  private final SamplingScale scale = new SamplingScale();
  private final DeltaTable linkTraffic = new DeltaTable(DeltaKind.LINK_TRAFFIC);
  private final DeltaTable unattributed = new DeltaTable(DeltaKind.UNATTRIBUTED);
  private final DeltaTable asTraffic = new DeltaTable(DeltaKind.AS_TRAFFIC);
  private final DeltaTable organisationTraffic = new DeltaTable(DeltaKind.ORGANISATION_TRAFFIC);
  private final DeltaTable serviceTraffic = new DeltaTable(DeltaKind.SERVICE_TRAFFIC);
  private final DeltaTable crossChecks = new DeltaTable(DeltaKind.CROSS_CHECK);
  private final List<DeltaTable> tables =
      List.of(
          linkTraffic, unattributed, asTraffic, organisationTraffic, serviceTraffic, crossChecks);
  private final FlowSamples flowSamples;
  private final @Nullable ActivePrefixes activePrefixes;
  private final AggregatorCounts counts = new AggregatorCounts();

  private NetworkHistory history;

  /** The network of the last record. */
  private Network network;

  /** Index of the exporter of each source of the batch, in the network. */
  private int[] exporterOfSource = new int[16];

  /** The record at hand. */
  private final Measured record = new Measured();

  private final AttributedRecords attributed;

  public FlowAggregator(NetworkHistory history, TimeLimits limits, Outputs outputs, Names names) {
    this.history = history;
    this.limits = limits;
    this.outputs = outputs;
    network = history.at(Long.MAX_VALUE);
    attributed =
        new AttributedRecords(linkTraffic, asTraffic, organisationTraffic, serviceTraffic, outputs);
    flowSamples = new FlowSamples(outputs.flows(), names);
    activePrefixes =
        outputs.pseudonymKey() == null ? null : new ActivePrefixes(outputs.pseudonymKey(), names);
  }

  /** From now on, records are attributed by another history. Its numbers are of the same names. */
  public void follow(NetworkHistory newHistory) {
    history = newHistory;
    network = newHistory.at(Long.MAX_VALUE);
  }

  /** The sums of every kind. */
  public List<DeltaTable> tables() {
    return tables;
  }

  public DeltaTable table(DeltaKind kind) {
    return tables.get(kind.ordinal());
  }

  public FlowSamples flowSamples() {
    return flowSamples;
  }

  /** Null if they are not counted. */
  public @Nullable ActivePrefixes activePrefixes() {
    return activePrefixes;
  }

  /** Keys that the tables hold. */
  public int size() {
    int size = flowSamples.size();
    for (int i = 0; i < tables.size(); i++) {
      size += tables.get(i).size();
    }
    return size;
  }

  /** Running totals since the start. */
  public AggregatorCounts counts() {
    return counts;
  }

  /** Adds all records of a batch. */
  public void add(FlowColumns batch) {
    begin(batch);
    int from = 0;
    for (int message = 0; message < batch.messageCount; message++) {
      int to = from + batch.messageRecordCount[message];
      addMessage(batch, message, from, to);
      from = to;
    }
    end();
  }

  /** Prepares for the messages of a batch. */
  public void begin(FlowColumns batch) {
    scale.load(batch);
    resolveExporters(batch);
    counts.batches++;
  }

  /** Adds the records {@code from} to {@code to} (exclusive), which are those of a message. */
  public void addMessage(FlowColumns batch, int message, int from, int to) {
    for (int i = from; i < to; i++) {
      addRecord(batch, i, message);
    }
    counts.records += to - from;
  }

  /** To be called after the messages of a batch: now they are part of the sums. */
  public void end() {
    attributed.addUp();
  }

  private void resolveExporters(FlowColumns batch) {
    if (exporterOfSource.length < batch.sourceCount) {
      exporterOfSource = Arrays.copyOf(exporterOfSource, batch.sourceExporterHigh.length);
    }
    for (int source = 0; source < batch.sourceCount; source++) {
      exporterOfSource[source] =
          network
              .attribution()
              .exporter(batch.sourceExporterHigh[source], batch.sourceExporterLow[source]);
    }
  }

  private void addRecord(FlowColumns batch, int i, int message) {
    int source = batch.messageSource[message];
    long receivedMillis = batch.messageReceiveTimeMillis[message];
    boolean isPlausible = limits.isPlausible(batch.lastSwitchedMillis[i], receivedMillis);
    long time = isPlausible ? batch.lastSwitchedMillis[i] : receivedMillis;
    if (!network.holdsAt(time)) {
      network = history.at(time);
      resolveExporters(batch);
    }
    boolean isEgress = batch.direction[i] == EGRESS;
    int onInterface = isEgress ? batch.egressInterface[i] : batch.ingressInterface[i];
    int exporter = exporterOfSource[source];
    int answer = network.attribution().observation(exporter, onInterface, isEgress);
    int sampling = batch.samplingIndex[i] & 0xFF;
    measure(batch, i, sampling, exporter);
    if (!Attribution.isLinkDirection(answer)) {
      addUnattributed(batch, i, source, time, Attribution.reason(answer));
      if (scale.isKnown(sampling) && isPlausible && !isNotForwarded(batch, i)) {
        addCrossCheck(batch, i, source, answer, isEgress, onInterface);
      }
    } else if (isNotForwarded(batch, i)) {
      addUnattributed(batch, i, source, time, UnattributedReason.NOT_FORWARDED);
    } else if (!scale.isKnown(sampling)) {
      addUnattributed(batch, i, source, time, UnattributedReason.SAMPLING_UNKNOWN);
    } else if (!isPlausible) {
      addUnattributed(batch, i, source, time, UnattributedReason.TIME_OUT_OF_RANGE);
    } else {
      addAttributed(batch, i, message, onInterface, answer);
    }
  }

  /** RFC 7270 §4.12 (IE 89): the two high bits are 10 for dropped and 11 for consumed. */
  private static boolean isNotForwarded(FlowColumns batch, int i) {
    return (batch.flags[i] & FlowFlags.NOT_FORWARDED) != 0
        || (batch.forwardingStatus[i] & 0x80) != 0;
  }

  private void measure(FlowColumns batch, int i, int sampling, int exporter) {
    long observedOctets = atMostMaxLong(batch.octets[i]);
    long observedPackets = atMostMaxLong(batch.packets[i]);
    record.observedOctets = observedOctets;
    record.observedPackets = observedPackets;
    if (scale.isKnown(sampling)) {
      record.octets = scale.scale(observedOctets, sampling);
      record.packets = scale.scale(observedPackets, sampling);
      record.variance = scale.octetsVariance(observedOctets, observedPackets, sampling);
    } else {
      record.octets = 0;
      record.packets = 0;
      record.variance = 0;
    }
    record.last = batch.lastSwitchedMillis[i];
    record.first = batch.firstSwitchedMillis[i];
    if (record.first >= record.last) {
      record.first = record.last;
    } else if (exporter != Attribution.NO_EXPORTER) {
      clampFirst(exporter);
    }
    record.setBuckets();
  }

  private void clampFirst(int exporter) {
    long timeout = limits.activeTimeoutMillis(network.attribution().activeTimeoutMillis(exporter));
    if (record.first < record.last - CLAMP_BEYOND_TIMEOUTS * timeout) {
      counts.clampedRecords++;
      record.first = record.last - timeout;
    }
  }

  private void addAttributed(FlowColumns batch, int i, int message, int onInterface, int answer) {
    AddressDictionary dictionary = network.dictionary();
    int source = dictionary.find(batch.sourceAddressHigh[i], batch.sourceAddressLow[i]);
    int destination =
        dictionary.find(batch.destinationAddressHigh[i], batch.destinationAddressLow[i]);
    TrafficClass trafficClass =
        TrafficClassifier.classify(
            batch, i, dictionary.kinds(source), dictionary.kinds(destination));
    int link = Attribution.link(answer);
    LinkDirection direction = Attribution.direction(answer);
    long key = LinkTrafficKey.ofLinkDirection(link, direction, batch.ipVersion[i] & 7);
    counts.attributedRecords++;
    counts.octets += record.octets;
    counts.observedOctets += record.observedOctets;

    int taken = attributed.take(record, key, trafficClass.code());
    attributed.setAsPair(taken, batch.sourceAs[i], batch.destinationAs[i]);
    int sourceArea = dictionary.area(source);
    if (outputs.organisations()) {
      attributed.setParties(
          taken,
          dictionary.party(source, batch.sourceAs[i]),
          sourceArea,
          dictionary.party(destination, batch.destinationAs[i]),
          dictionary.area(destination));
    }
    if (outputs.services()) {
      int protocol = batch.protocol[i] & 0xFF;
      attributed.setService(
          taken, protocol, Services.of(protocol, batch.sourcePort[i], batch.destinationPort[i]));
    }
    if (activePrefixes != null && sourceArea != 0) {
      activePrefixes.add(batch, i, sourceArea, record.last);
    }
    if (flowSamples.keeps(batch, i, message)) {
      flowSamples.add(
          batch,
          i,
          batch.messageSource[message],
          onInterface,
          link,
          direction,
          trafficClass,
          record.octets,
          record.packets);
    }
  }

  /** What a second observer of a link direction says: not counted, but compared. */
  private void addCrossCheck(
      FlowColumns batch, int i, int source, int answer, boolean isEgress, int onInterface) {
    int crossed = Attribution.crossed(answer);
    CrossCheckMeter meter = isEgress ? CrossCheckMeter.EGRESS : CrossCheckMeter.INGRESS;
    if (crossed == Attribution.NO_LINK
        && !isEgress
        && Attribution.reason(answer) == UnattributedReason.INTERNAL_INTERFACE) {
      crossed = network.attribution().leavesBy(exporterOfSource[source], batch.egressInterface[i]);
      meter = CrossCheckMeter.CORE;
    }
    if (crossed == Attribution.NO_LINK) {
      return;
    }
    long key =
        LinkTrafficKey.withClass(
            LinkTrafficKey.ofLinkDirection(
                Attribution.link(crossed), Attribution.direction(crossed), batch.ipVersion[i] & 7),
            meter.code());
    record.spread(
        crossChecks,
        batch.sourceExporterHigh[source],
        batch.sourceExporterLow[source],
        onInterface & 0xFFFF_FFFFL,
        key);
  }

  private void addUnattributed(
      FlowColumns batch, int i, int source, long time, UnattributedReason reason) {
    boolean isEgress = batch.direction[i] == EGRESS;
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
        entry, record.octets, record.packets, record.observedOctets, record.observedPackets, 1, 0);
    counts.unattributed(reason);
  }

  /** Counters are unsigned on the wire; none that is real reaches 2^63. */
  private static long atMostMaxLong(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }
}
