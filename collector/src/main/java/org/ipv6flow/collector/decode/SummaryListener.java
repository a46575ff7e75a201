package org.ipv6flow.collector.decode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ipv6flow.collector.decode.CaptureSummary.AnnouncedSampling;
import org.ipv6flow.collector.decode.CaptureSummary.FamilyCounts;
import org.ipv6flow.collector.decode.CaptureSummary.FrameCounts;
import org.ipv6flow.collector.decode.CaptureSummary.Netflow5Counts;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.netflow5.Netflow5Header;
import org.ipv6flow.collector.sampling.SamplingScope;
import org.ipv6flow.collector.session.ObservationDomain;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.flow.IpVersionRule;
import org.ipv6flow.schema.flow.SamplingProvenance;

/** Sums flow records by IP version, and collects the sampling intervals that were announced. */
final class SummaryListener implements DecodeListener {

  /** The reverse half of a biflow is no data record of its own. */
  private static final int NOT_A_DATA_RECORD = FlowFlags.BIFLOW_REVERSE;

  /** Octets that are not those of IE 1. */
  private static final int NOT_OCTET_DELTA = FlowFlags.INITIATOR_OCTETS | FlowFlags.FRAME_SECTION;

  private static final class Family {
    long records;
    long octets;
    long packets;
    double scaledOctets;
    long samplingKnownRecords;

    FamilyCounts counts() {
      return new FamilyCounts(records, octets, packets, scaledOctets, samplingKnownRecords);
    }
  }

  private final Family ipv4 = new Family();
  private final Family ipv6 = new Family();
  private final Family noIp = new Family();
  private final Family ipv4Frames = new Family();
  private final Family ipv6Frames = new Family();
  private final Family otherFrames = new Family();
  private final Family netflow5 = new Family();
  private final Set<AnnouncedSampling> sampling = new LinkedHashSet<>();

  @Override
  public void onSampling(ObservationDomain domain, SamplingScope scope, double interval) {
    announced(domain, scope.text(), interval, scope.provenance());
  }

  @Override
  public void onFlowRecords(
      ObservationDomain domain,
      ExportMessage message,
      Template template,
      FlowColumns columns,
      int fromRow,
      int toRow,
      byte[] data,
      int position,
      int to,
      int records) {
    for (int row = fromRow; row < toRow; row++) {
      if ((columns.flags[row] & NOT_A_DATA_RECORD) == 0) {
        if (template.protocolVersion() == Netflow5Header.VERSION) {
          add(netflow5, columns, row, 0);
        } else {
          add(family(columns, row), columns, row, NOT_OCTET_DELTA);
        }
        if ((columns.flags[row] & FlowFlags.FRAME_SECTION) != 0) {
          add(frameFamily(columns, row), columns, row, 0);
        }
        addSampling(domain, columns, row);
      }
    }
  }

  /** An EtherType or a frame says which IP version passed, but the elements name no addresses. */
  private Family family(FlowColumns columns, int row) {
    if (columns.ipVersionRule[row] == IpVersionRule.FRAME.code()) {
      return noIp;
    }
    return columns.ipVersion[row] == 4 ? ipv4 : columns.ipVersion[row] == 6 ? ipv6 : noIp;
  }

  private Family frameFamily(FlowColumns columns, int row) {
    return columns.ipVersion[row] == 4
        ? ipv4Frames
        : columns.ipVersion[row] == 6 ? ipv6Frames : otherFrames;
  }

  private static void add(Family family, FlowColumns columns, int row, int uncountedFlags) {
    family.records++;
    if ((columns.flags[row] & uncountedFlags) == 0) {
      family.octets += columns.octets[row];
      family.packets += columns.packets[row];
    }
    int index = columns.samplingIndex[row] & 0xFF;
    if (index != 0) {
      family.samplingKnownRecords++;
      family.scaledOctets += columns.octets[row] * columns.samplingIntervals[index];
    }
  }

  private void addSampling(ObservationDomain domain, FlowColumns columns, int row) {
    int index = columns.samplingIndex[row] & 0xFF;
    SamplingProvenance provenance = SamplingProvenance.of(columns.samplingProvenances[index]);
    if (provenance == SamplingProvenance.RECORD) {
      announced(domain, "record", columns.samplingIntervals[index], provenance);
    }
  }

  private void announced(
      ObservationDomain domain, String scope, double interval, SamplingProvenance provenance) {
    sampling.add(
        new AnnouncedSampling(
            Addresses.text(domain.exporterHigh(), domain.exporterLow()),
            Integer.toUnsignedLong(domain.domainId()),
            scope,
            number(interval),
            provenance.name().toLowerCase(Locale.ROOT)));
  }

  /** Whole intervals without a decimal point. */
  private static Number number(double interval) {
    return interval == Math.rint(interval) ? (Number) (long) interval : (Number) interval;
  }

  FamilyCounts ipv4() {
    return ipv4.counts();
  }

  FamilyCounts ipv6() {
    return ipv6.counts();
  }

  FamilyCounts noIp() {
    return noIp.counts();
  }

  FrameCounts frames() {
    return new FrameCounts(ipv4Frames.counts(), ipv6Frames.counts(), otherFrames.counts());
  }

  Netflow5Counts netflow5(long exportPackets) {
    return new Netflow5Counts(exportPackets, netflow5.records, netflow5.octets, netflow5.packets);
  }

  List<AnnouncedSampling> sampling() {
    return new ArrayList<>(sampling);
  }
}
