package org.ipv6flow.collector.decode;

import java.util.Arrays;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.record.Biflows;
import org.ipv6flow.collector.record.FlowFacts;
import org.ipv6flow.collector.record.FlowTimes;
import org.ipv6flow.collector.record.FrameSections;
import org.ipv6flow.collector.record.RecordDecoder;
import org.ipv6flow.collector.record.RecordPlan;
import org.ipv6flow.collector.record.RecordScratch;
import org.ipv6flow.collector.record.SamplingColumns;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DomainSession;
import org.ipv6flow.collector.session.FamilySampling;
import org.ipv6flow.collector.session.MessageUnits;
import org.ipv6flow.collector.session.ObservationDomain;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.flow.IpVersionRule;
import org.jspecify.annotations.Nullable;

/**
 * Decodes data sets of flow templates into the batches of a {@link BatchSink}.
 *
 * <p>A set is decoded in runs of records that fit into the batch at hand. Each run is decoded,
 * completed and only then made visible by moving the batch's record count. Allocates nothing per
 * record.
 */
final class DataSets {

  /** Records of IPv4 flows, with AS numbers and times, have some more. */
  private static final int USUAL_RECORD_OCTETS = 40;

  private final BatchSink sink;
  private final @Nullable DecodeListener listener;
  private final Notices notices;
  private final MessageUnits units;
  private final long[] versionRules = new long[IpVersionRule.values().length];
  private final RecordDecoder records;
  private final FrameSections frames;
  private final FlowFacts facts;
  private final FlowTimes times;
  private final SamplingColumns sampling;
  private final Biflows biflows;

  /** Where records go that are no traffic, when somebody wants to see them nevertheless. */
  private final @Nullable FlowColumns aside;

  /** The batch and entry that the records of the message at hand were last added to. */
  private @Nullable FlowColumns messageBatch;

  private int messageIndex;

  /** Data records of the message at hand that have been added to batches. */
  private int messageRecords;

  /** Octets of the message at hand that sets may fill. */
  private int messageOctets;

  DataSets(
      BatchSink sink,
      @Nullable DecodeListener listener,
      Notices notices,
      MessageUnits units,
      long maxClockDifferenceMillis) {
    this.sink = sink;
    this.listener = listener;
    this.notices = notices;
    this.units = units;
    RecordScratch scratch = new RecordScratch();
    records = new RecordDecoder(scratch);
    frames = new FrameSections(scratch);
    facts = new FlowFacts(scratch);
    times = new FlowTimes(scratch, maxClockDifferenceMillis);
    sampling = new SamplingColumns(scratch);
    biflows = new Biflows(scratch, times);
    aside = listener == null ? null : new FlowColumns(RecordScratch.MAX_RECORDS * 2);
  }

  /**
   * Begins a message: its records get an entry of their own.
   *
   * @param octets of its sets
   */
  void beginMessage(int octets) {
    messageBatch = null;
    messageRecords = 0;
    messageOctets = octets;
  }

  /**
   * Decodes the records in {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @return how many there are, whatever became of them
   */
  int decode(
      DomainSession session,
      ExportMessage message,
      RecordPlan plan,
      byte[] data,
      int from,
      int to) {
    int count = 0;
    int position = from;
    while (to - position >= plan.minRecordOctets()) {
      int run = nextRun(plan, data, position, to, RecordScratch.MAX_RECORDS);
      if (run > 0) {
        int end = runEnd(plan, position, run);
        place(session, message, plan, data, position, end, run);
        count += run;
        position = end;
      }
      if (!plan.hasFixedLength() && records.isTruncated() && run == 0) {
        session.drop(DropReason.RECORD_TRUNCATED, 1);
        break;
      }
    }
    session.count(Counter.DATA_RECORDS, count);
    return count;
  }

  private int nextRun(RecordPlan plan, byte[] data, int position, int to, int max) {
    return plan.hasFixedLength()
        ? Math.min((to - position) / plan.recordOctets(), max)
        : records.walk(plan, data, position, to, max);
  }

  private int runEnd(RecordPlan plan, int position, int run) {
    return plan.hasFixedLength() ? position + run * plan.recordOctets() : records.walkedTo();
  }

  private void place(
      DomainSession session,
      ExportMessage message,
      RecordPlan plan,
      byte[] data,
      int from,
      int to,
      int run) {
    switch (plan.content()) {
      case TRAFFIC, FRAME_SECTION -> append(session, message, plan, data, from, to, run);
      case EVENT -> drop(DropReason.NOT_TRAFFIC, session, message, plan, data, from, to, run);
      case NO_OCTET_DELTA ->
          drop(DropReason.NO_OCTET_DELTA, session, message, plan, data, from, to, run);
    }
  }

  /** Drops the {@code count} records last found. */
  private void drop(
      DropReason reason,
      DomainSession session,
      ExportMessage message,
      RecordPlan plan,
      byte[] data,
      int from,
      int to,
      int count) {
    session.drop(reason, count);
    if (aside != null) {
      aside.clear();
      complete(session, message, plan, data, from, aside, count);
      int rows = count + appendReverse(session, message, plan, aside, 0, count);
      aside.recordCount = rows;
      tell(session, message, plan, aside, 0, rows, data, from, to, count);
    }
  }

  /** Appends a run to batches of the sink, in as many pieces as it takes. */
  private void append(
      DomainSession session,
      ExportMessage message,
      RecordPlan plan,
      byte[] data,
      int from,
      int to,
      int run) {
    ObservationDomain domain = session.domain();
    int rowsPerRecord = plan.isBiflow() ? 2 : 1;
    int position = from;
    int left = run;
    int maxPiece = run;
    boolean oneByOne = false;
    while (left > 0) {
      FlowColumns batch =
          sink.batch(domain.exporterHigh(), domain.exporterLow(), domain.domainId());
      if (messageBatch == null && mightBeCut(batch, plan, rowsPerRecord)) {
        flush(session, message, batch);
        continue;
      }
      int piece = Math.min(Math.min(left, maxPiece), batch.remaining() / rowsPerRecord);
      if (piece == 0) {
        flush(session, message, batch);
        continue;
      }
      if (!plan.hasFixedLength()) {
        piece = records.walk(plan, data, position, to, piece);
      }
      int end = runEnd(plan, position, piece);
      int resolved = complete(session, message, plan, data, position, batch, piece);
      if (resolved < piece) {
        // No room for another sampling interval: take the rows back, and come again with those
        // that have one, or with an empty batch.
        batch.zeroRecords(batch.recordCount, batch.recordCount + piece);
        maxPiece = resolved;
        if (resolved == 0) {
          flush(session, message, batch);
          maxPiece = left;
        }
        continue;
      }
      int row = batch.recordCount;
      int usable = usable(plan, batch, row, piece);
      if (usable < piece) {
        batch.zeroRecords(row, row + piece);
        if (usable == 0 && piece == 1) {
          drop(DropReason.FRAME_SECTION, session, message, plan, data, position, end, 1);
          position = end;
          left--;
        }
        // Come again for the records before the unusable one, then for it alone. And one by one
        // from now on, so that a set of many such costs no more than one of good ones.
        maxPiece = Math.max(usable, 1);
        oneByOne = true;
        continue;
      }
      maxPiece = oneByOne ? 1 : left;
      int rows = piece + appendReverse(session, message, plan, batch, row, piece);
      if (plan.hasReverseWithoutKeys()) {
        session.count(Counter.REVERSE_WITHOUT_KEYS, biflows.countReverse(plan, piece));
      }
      publish(session, message, batch, rows);
      messageRecords += piece;
      account(session, message, batch, row, rows, piece);
      tell(session, message, plan, batch, row, row + rows, data, position, end, piece);
      position = end;
      left -= piece;
    }
  }

  /**
   * Whether the records of the message that begins might not all fit behind those of others. Cut in
   * two by the end of a batch, a message that the network delivers twice could not be told from its
   * own other part: its copy is cut elsewhere.
   */
  private boolean mightBeCut(FlowColumns batch, RecordPlan plan, int rowsPerRecord) {
    // Of other sets of the message nothing is known yet, but that records of flows are not tiny.
    int recordOctets = Math.max(1, Math.min(plan.minRecordOctets(), USUAL_RECORD_OCTETS));
    int rows = messageOctets / recordOctets * rowsPerRecord;
    return !batch.isEmpty() && batch.remaining() < Math.min(rows, batch.capacity);
  }

  /** How many of the rows come before the first frame whose octets nothing tells. */
  private static int usable(RecordPlan plan, FlowColumns columns, int row, int count) {
    if (plan.content() == RecordPlan.Content.FRAME_SECTION) {
      for (int i = 0; i < count; i++) {
        if (columns.octets[row + i] == 0) {
          return i;
        }
      }
    }
    return count;
  }

  private void flush(DomainSession session, ExportMessage message, FlowColumns batch) {
    if (messageRecords > 0) {
      session.onPart(message, messageRecords, units);
    }
    sink.flush(batch);
    messageBatch = null;
  }

  /** Decodes and completes records into rows behind the last; returns how many have a sampling. */
  private int complete(
      DomainSession session,
      ExportMessage message,
      RecordPlan plan,
      byte[] data,
      int position,
      FlowColumns columns,
      int count) {
    ObservationDomain domain = session.domain();
    int row = columns.recordCount;
    if (plan.hasFixedLength()) {
      records.decodeFixed(plan, data, position, count, columns, row);
    } else {
      records.decodeWalked(plan, data, count, columns, row);
    }
    if (plan.hasFrames()) {
      frames.read(plan, data, columns, row, count);
      facts.complete(plan, columns, row, count);
      frames.fillAddresses(columns, row, count);
    } else {
      facts.complete(plan, columns, row, count);
    }
    times.complete(plan, message, domain.systemInitTimeMillis(), columns, row, count);
    return sampling.complete(
        plan,
        domain.samplingRates(),
        session.samplingOverride(),
        message.exportTimeMillis,
        columns,
        row,
        count);
  }

  private int appendReverse(
      DomainSession session,
      ExportMessage message,
      RecordPlan plan,
      FlowColumns columns,
      int row,
      int count) {
    return plan.isBiflow()
        ? biflows.appendReverse(
            plan, message, session.domain().systemInitTimeMillis(), columns, row, count)
        : 0;
  }

  private void publish(DomainSession session, ExportMessage message, FlowColumns batch, int rows) {
    if (batch.isEmpty()) {
      batch.baseTimeMillis = message.receiveTimeMillis;
    }
    batch.recordCount += rows;
    units.flowRecords += rows;
    if (messageBatch == batch && messageIndex == batch.messageCount - 1) {
      batch.messageRecordCount[messageIndex] += rows;
      return;
    }
    ObservationDomain domain = session.domain();
    if (messageRecords == 0) {
      units.flowMessages++;
    } else if (batch.messageCount == 0) {
      batch.continuesMessage = true;
    }
    messageIndex = batch.messageCount;
    messageBatch = batch;
    batch.addMessage(
        batch.sourceIndex(domain.exporterHigh(), domain.exporterLow(), domain.domainId()),
        rows,
        message.sequenceNumber,
        message.receiveTimeMillis,
        message.exportTimeMillis);
  }

  private void account(
      DomainSession session,
      ExportMessage message,
      FlowColumns batch,
      int row,
      int rows,
      int records) {
    long octets = 0;
    int known = 0;
    int suspect = 0;
    long[] rules = versionRules;
    Arrays.fill(rules, 0);
    for (int at = row; at < row + rows; at++) {
      octets += batch.octets[at];
      rules[batch.ipVersionRule[at]]++;
      known += batch.samplingIndex[at] == 0 ? 0 : 1;
      suspect += batch.flags[at] & FlowFlags.CLOCK_SUSPECT;
    }
    session.count(Counter.TRAFFIC_RECORDS, records);
    session.count(Counter.FLOW_RECORDS, rows);
    session.count(Counter.OCTETS, octets);
    session.count(Counter.SAMPLING_KNOWN_RECORDS, known);
    session.count(Counter.SAMPLING_UNKNOWN_RECORDS, rows - known);
    session.count(Counter.CLOCK_SUSPECT_RECORDS, suspect);
    session.count(Counter.IP_VERSION_UNKNOWN, rules[IpVersionRule.NONE.code()]);
    session.count(Counter.IP_VERSION_BY_ELEMENT, rules[IpVersionRule.IP_VERSION_ELEMENT.code()]);
    session.count(Counter.IP_VERSION_BY_ADDRESS, rules[IpVersionRule.NON_ZERO_ADDRESS.code()]);
    session.count(Counter.IP_VERSION_BY_FRAME, rules[IpVersionRule.FRAME.code()]);
    session.count(Counter.IP_VERSION_BY_TEMPLATE, rules[IpVersionRule.TEMPLATE.code()]);
    FamilySampling families = session.domain().familySampling();
    if (known < rows || families.isWatching()) {
      int alarms = families.note(batch, row, rows);
      if (alarms != 0) {
        session.count(Counter.ONE_FAMILY_SAMPLED, alarms);
        notices.oneFamilySampled(session.domain(), families.lastAlarm(), message);
      }
    }
  }

  private void tell(
      DomainSession session,
      ExportMessage message,
      RecordPlan plan,
      FlowColumns columns,
      int fromRow,
      int toRow,
      byte[] data,
      int from,
      int to,
      int count) {
    if (listener != null) {
      listener.onFlowRecords(
          session.domain(),
          message,
          plan.template(),
          columns,
          fromRow,
          toRow,
          data,
          from,
          to,
          count);
    }
  }
}
