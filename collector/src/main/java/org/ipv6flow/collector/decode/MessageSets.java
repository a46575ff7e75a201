package org.ipv6flow.collector.decode;

import static org.ipv6flow.collector.message.Octets.u16;

import java.util.Arrays;
import org.ipv6flow.collector.ipfix.IpfixTemplates;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.netflow5.Netflow5Header;
import org.ipv6flow.collector.netflow5.Netflow5Records;
import org.ipv6flow.collector.netflow9.Netflow9Templates;
import org.ipv6flow.collector.record.RecordPlan;
import org.ipv6flow.collector.record.RecordPlanCompiler;
import org.ipv6flow.collector.sampling.OptionsRecord;
import org.ipv6flow.collector.sampling.SamplingScope;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.session.DomainSession;
import org.ipv6flow.collector.session.HeldSet;
import org.ipv6flow.collector.session.KnownTemplate;
import org.ipv6flow.collector.session.MessageUnits;
import org.ipv6flow.collector.session.ObservationDomain;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.collector.template.TemplateListener;
import org.ipv6flow.schema.flow.SamplingProvenance;
import org.jspecify.annotations.Nullable;

/**
 * Walks the sets of a message: learns templates, reads options, decodes data, holds what has no
 * template yet. A set that cannot be used never costs the sets after it.
 */
final class MessageSets implements TemplateListener {

  private static final int SET_HEADER_OCTETS = 4;
  private static final int MIN_DATA_SET_ID = 256;
  private static final int IPFIX_VERSION = 10;

  /** The header of a NetFlow v5 packet is about all that its engine exports. */
  private static final SamplingScope NETFLOW5_SCOPE =
      new SamplingScope(SamplingProvenance.SYSTEM, 0, 0, 0);

  private static final RecordPlan NETFLOW5_PLAN =
      RecordPlanCompiler.compile(Netflow5Records.TEMPLATE);

  private final DecoderLimits limits;
  private final @Nullable DecodeListener listener;
  private final IpfixTemplates ipfixTemplates;
  private final Netflow9Templates netflow9Templates;
  private final OptionsRecord optionsRecord = new OptionsRecord();
  private final Notices notices = new Notices();
  private final DataSets dataSets;
  private final MessageUnits units;

  /** The message being decoded, for templates that are reported while their set is read. */
  private @Nullable DomainSession session;

  private ExportMessage message = new ExportMessage();

  /**
   * @param units where options records and template records of each message are counted
   */
  MessageSets(
      DecoderLimits limits, BatchSink sink, @Nullable DecodeListener listener, MessageUnits units) {
    this.limits = limits;
    this.units = units;
    this.listener = listener;
    ipfixTemplates = new IpfixTemplates(limits.maxFieldsPerTemplate());
    netflow9Templates = new Netflow9Templates(limits.maxFieldsPerTemplate());
    dataSets = new DataSets(sink, listener, notices, units, limits.maxClockDifference().toMillis());
  }

  /**
   * Decodes the sets in {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @return the data records in them, options too; -1 if the template of a set is unknown
   */
  int decode(DomainSession domainSession, ExportMessage header, byte[] data, int from, int to) {
    session = domainSession;
    message = header;
    dataSets.beginMessage(to - from);
    int records = 0;
    boolean recordsKnown = true;
    int position = from;
    while (to - position >= SET_HEADER_OCTETS) {
      int setId = u16(data, position);
      int length = u16(data, position + 2);
      if (setId == 0 && length == 0 && isZero(data, position, to)) {
        break; // Zeros after the last set are padding, which some exporters send in plenty.
      }
      domainSession.count(Counter.SETS, 1);
      if (length < SET_HEADER_OCTETS) {
        domainSession.drop(DropReason.SET_LENGTH_INVALID, 1);
        recordsKnown = false;
        break;
      }
      if (length > to - position) {
        domainSession.drop(DropReason.SET_EXCEEDS_MESSAGE, 1);
        recordsKnown = false;
        break;
      }
      int end = position + length;
      int inSet = decodeSet(domainSession, setId, data, position + SET_HEADER_OCTETS, end);
      records += Math.max(inSet, 0);
      recordsKnown &= inSet >= 0;
      position = end;
    }
    return recordsKnown ? records : -1;
  }

  /**
   * Decodes a NetFlow v5 packet: one set of records behind its header, and as many of them as the
   * header says, if there are as many.
   *
   * @return the records the header says there are, for they are what the sequence number counts; -1
   *     if there are fewer
   */
  int decodeNetflow5(
      DomainSession session, ExportMessage header, byte[] data, int position, int to) {
    dataSets.beginMessage(to - position);
    session.count(Counter.SETS, 1);
    session.count(Counter.DATA_SETS, 1);
    int interval = Netflow5Header.samplingInterval(data, position);
    // A router that no longer samples says 0, so that too replaces what it said before.
    if (interval != session.domain().samplingRates().get(NETFLOW5_SCOPE)) {
      learn(session, header, session.domain(), NETFLOW5_SCOPE, interval);
    }
    int from = position + Netflow5Header.OCTETS;
    int octets = NETFLOW5_PLAN.recordOctets();
    int whole = (to - from) / octets;
    int counted = Netflow5Header.recordCount(data, position);
    int end = from + Math.min(counted, whole) * octets;
    dataSets.decode(session, header, NETFLOW5_PLAN, data, from, end);
    if (counted > whole) {
      session.drop(DropReason.RECORD_TRUNCATED, 1);
      return -1;
    }
    if (counted < whole && !isZero(data, end, to)) {
      session.count(Counter.DATA_RECORDS, whole - counted);
      session.drop(DropReason.BEYOND_COUNT, whole - counted);
    }
    return counted;
  }

  private static boolean isZero(byte[] data, int from, int to) {
    for (int i = from; i < to; i++) {
      if (data[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private int decodeSet(DomainSession session, int setId, byte[] data, int from, int to) {
    if (setId >= MIN_DATA_SET_ID) {
      return decodeData(session, setId, data, from, to);
    }
    boolean ipfix = message.protocolVersion == IPFIX_VERSION;
    int templateSetId =
        ipfix ? IpfixTemplates.TEMPLATE_SET_ID : Netflow9Templates.TEMPLATE_FLOWSET_ID;
    int optionsSetId =
        ipfix
            ? IpfixTemplates.OPTIONS_TEMPLATE_SET_ID
            : Netflow9Templates.OPTIONS_TEMPLATE_FLOWSET_ID;
    if (setId == templateSetId) {
      session.count(Counter.TEMPLATE_SETS, 1);
      readTemplates(ipfix, data, from, to, Template.Kind.FLOW);
    } else if (setId == optionsSetId) {
      session.count(Counter.OPTIONS_TEMPLATE_SETS, 1);
      readTemplates(ipfix, data, from, to, Template.Kind.OPTIONS);
    } else {
      session.drop(DropReason.RESERVED_SET, 1);
    }
    return 0;
  }

  private void readTemplates(boolean ipfix, byte[] data, int from, int to, Template.Kind kind) {
    if (ipfix) {
      ipfixTemplates.read(data, from, to, kind, this);
    } else {
      netflow9Templates.read(data, from, to, kind, this);
    }
  }

  @Override
  public void onTemplate(Template template) {
    DomainSession current = session;
    if (current == null) {
      return;
    }
    units.templateRecords++;
    ObservationDomain domain = current.domain();
    switch (domain.learn(template, message.sourcePort, message.receiveTimeMillis, limits)) {
      case REFUSED -> {
        current.drop(DropReason.TOO_MANY_TEMPLATES, 1);
        return;
      }
      case REDEFINED -> current.count(Counter.TEMPLATES_REDEFINED, 1);
      case NEW, REFRESHED -> {
        // Nothing to count but the record itself.
      }
    }
    current.count(
        template.kind() == Template.Kind.FLOW
            ? Counter.TEMPLATE_RECORDS
            : Counter.OPTIONS_TEMPLATE_RECORDS,
        1);
    decodeHeld(current, domain, template.templateId());
  }

  @Override
  public void onWithdrawal(int templateId, Template.Kind kind) {
    DomainSession current = session;
    if (current == null) {
      return;
    }
    units.templateRecords++;
    int connection = message.sourcePort;
    if (!ExportMessage.isConnection(connection)) {
      current.drop(DropReason.WITHDRAWAL_IGNORED, 1);
      return;
    }
    // RFC 7011 section 8.1: the ID of the set withdraws all templates of the set's kind.
    boolean all =
        templateId == IpfixTemplates.TEMPLATE_SET_ID
            || templateId == IpfixTemplates.OPTIONS_TEMPLATE_SET_ID;
    ObservationDomain domain = current.domain();
    boolean known =
        all ? domain.withdrawAll(kind, connection) : domain.withdraw(templateId, connection);
    if (known) {
      current.count(Counter.TEMPLATES_WITHDRAWN, 1);
    } else {
      current.drop(DropReason.WITHDRAWAL_UNKNOWN, 1);
    }
  }

  @Override
  public void onTemplateDropped(DropReason reason) {
    if (session != null) {
      session.drop(reason, 1);
    }
  }

  /** Decodes what waited for a template, each set with the header of its own message. */
  private void decodeHeld(DomainSession session, ObservationDomain domain, int templateId) {
    int optionsRecords = units.optionsRecords;
    for (HeldSet held : domain.takeHeld(templateId)) {
      ExportMessage own = held.message();
      KnownTemplate known = domain.template(templateId, own.sourcePort);
      session.count(Counter.HELD_SETS_DECODED, 1);
      dataSets.beginMessage(held.content().length);
      if (known != null) {
        decodeKnown(session, own, known, held.content(), 0, held.content().length);
      }
      dataSets.beginMessage(0);
    }
    units.optionsRecords = optionsRecords; // Those of other messages are not this one's.
  }

  private int decodeData(DomainSession session, int templateId, byte[] data, int from, int to) {
    KnownTemplate known = session.domain().template(templateId, message.sourcePort);
    if (known == null) {
      hold(session, templateId, data, from, to);
      return -1;
    }
    return decodeKnown(session, message, known, data, from, to);
  }

  private void hold(DomainSession session, int templateId, byte[] data, int from, int to) {
    ObservationDomain domain = session.domain();
    if (!limits.holdUnknownSets()) {
      session.drop(DropReason.TEMPLATE_UNKNOWN, 1);
      return;
    }
    HeldSet set = new HeldSet(templateId, Arrays.copyOfRange(data, from, to), message.copy());
    if (!domain.hold(set, limits)) {
      session.drop(DropReason.HOLD_LIMIT, 1);
      return;
    }
    session.count(Counter.HELD_SETS, 1);
    if (domain.template(templateId, message.sourcePort) != null) {
      // Another event loop has learned it meanwhile, and may have looked before this was held.
      decodeHeld(session, domain, templateId);
    }
  }

  private int decodeKnown(
      DomainSession session,
      ExportMessage header,
      KnownTemplate known,
      byte[] data,
      int from,
      int to) {
    int minOctets = known.minRecordOctets();
    if (minOctets == 0) {
      session.drop(DropReason.RECORD_LENGTH_ZERO, 1);
      return 0;
    }
    if (to - from < minOctets) {
      session.drop(DropReason.SET_TOO_SHORT, 1);
      return 0;
    }
    session.count(Counter.DATA_SETS, 1);
    RecordPlan plan = known.plan();
    return plan != null
        ? dataSets.decode(session, header, plan, data, from, to)
        : decodeOptions(session, header, known, data, from, to);
  }

  private int decodeOptions(
      DomainSession session,
      ExportMessage header,
      KnownTemplate known,
      byte[] data,
      int from,
      int to) {
    ObservationDomain domain = session.domain();
    int minOctets = known.minRecordOctets();
    int records = 0;
    int position = from;
    while (to - position >= minOctets) {
      int end = optionsRecord.read(known.template(), known.fieldsWithOctets(), data, position, to);
      if (end < 0) {
        session.drop(DropReason.RECORD_TRUNCATED, 1);
        break;
      }
      position = end;
      records++;
      learnOptions(session, header, domain);
    }
    session.count(Counter.OPTIONS_RECORDS, records);
    units.optionsRecords += records;
    return records;
  }

  private void learnOptions(DomainSession session, ExportMessage header, ObservationDomain domain) {
    if (optionsRecord.systemInitTimeMillis() != 0) {
      domain.systemInitTimeMillis(optionsRecord.systemInitTimeMillis());
    }
    if (optionsRecord.isFlowSelection()) {
      session.count(Counter.FLOW_SELECTION_RECORDS, 1);
    }
    double interval = optionsRecord.interval();
    if (interval <= 0) {
      return;
    }
    if (optionsRecord.isContradictory()) {
      session.count(Counter.SAMPLING_CONTRADICTIONS, 1);
    }
    SamplingScope scope = optionsRecord.scope();
    long named = optionsRecord.domainId();
    if (named > 0 && (int) named != domain.domainId()) {
      // Announced in one domain for another (IE 149). A domain that was never heard of may as well
      // be the exporter's mistake, so the interval then holds for its own domain too.
      boolean known = domain.hasSibling((int) named);
      ObservationDomain other = domain.sibling((int) named);
      if (other != null) {
        learn(session, header, other, scope, interval);
      }
      if (known) {
        return;
      }
    }
    learn(session, header, domain, scope, interval);
  }

  private void learn(
      DomainSession session,
      ExportMessage header,
      ObservationDomain domain,
      SamplingScope scope,
      double interval) {
    boolean isNew = domain.samplingRates().get(scope) != interval;
    double replaced = domain.learn(scope, interval, header.exportTimeMillis);
    if (isNew && Notices.looksLikeExponent(interval)) {
      session.count(Counter.SAMPLING_LOOKS_LIKE_EXPONENT, 1);
      if (replaced == 0) {
        notices.samplingLooksLikeExponent(domain, scope, interval, header);
      }
    }
    if (replaced != 0) {
      session.count(Counter.SAMPLING_CHANGES, 1);
      notices.samplingChanged(domain, scope, replaced, interval, header);
    }
    if (listener != null && interval > 0) {
      listener.onSampling(domain, scope, interval);
    }
  }
}
