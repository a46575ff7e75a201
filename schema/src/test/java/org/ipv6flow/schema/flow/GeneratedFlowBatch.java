package org.ipv6flow.schema.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.util.List;
import org.ipv6flow.schema.v1.FlowBatch;
import org.ipv6flow.schema.v1.Sampling;
import org.ipv6flow.schema.v1.Source;

/** Translates between {@link FlowColumns} and the generated {@link FlowBatch}, the slow model. */
final class GeneratedFlowBatch {

  private GeneratedFlowBatch() {}

  static FlowBatch of(FlowColumns c, String collectorId) {
    FlowBatch.Builder b =
        FlowBatch.newBuilder()
            .setSchemaVersion(1)
            .setCollectorId(collectorId)
            .setBatchSequence(c.batchSequence)
            .setRecordCount(c.recordCount)
            .setBaseTimeMillis(c.baseTimeMillis);
    for (int i = 0; i < c.sourceCount; i++) {
      byte[] address =
          ByteBuffer.allocate(16)
              .putLong(c.sourceExporterHigh[i])
              .putLong(c.sourceExporterLow[i])
              .array();
      b.addSources(
          Source.newBuilder()
              .setExporterAddress(ByteString.copyFrom(address))
              .setObservationDomainId(c.sourceDomain[i]));
    }
    for (int i = 0; i < c.samplingCount; i++) {
      b.addSamplings(
          Sampling.newBuilder()
              .setInterval(c.samplingIntervals[i])
              .setProvenance(c.samplingProvenances[i]));
    }
    for (int i = 0; i < c.messageCount; i++) {
      b.addMessageSource(c.messageSource[i]);
      b.addMessageRecordCount(c.messageRecordCount[i]);
      b.addMessageSequenceNumber(c.messageSequenceNumber[i]);
      b.addMessageReceiveTimeDeltaMillis(c.messageReceiveTimeMillis[i] - c.baseTimeMillis);
      b.addMessageExportTimeDeltaMillis(c.messageExportTimeMillis[i] - c.baseTimeMillis);
    }
    for (int i = 0; i < c.recordCount; i++) {
      b.addIngressInterface(c.ingressInterface[i]);
      b.addEgressInterface(c.egressInterface[i]);
      b.addSourcePort(c.sourcePort[i]);
      b.addDestinationPort(c.destinationPort[i]);
      b.addTcpControlBits(c.tcpControlBits[i]);
      b.addFlowLabel(c.flowLabel[i]);
      b.addSourceAs(c.sourceAs[i]);
      b.addDestinationAs(c.destinationAs[i]);
      b.addNextAdjacentAs(c.nextAdjacentAs[i]);
      b.addPreviousAdjacentAs(c.previousAdjacentAs[i]);
      b.addVlanId(c.vlanId[i]);
      b.addTopMplsLabel(c.topMplsLabel[i]);
      b.addFlags(c.flags[i]);
      b.addSourceAddressHigh(c.sourceAddressHigh[i]);
      b.addSourceAddressLow(c.sourceAddressLow[i]);
      b.addDestinationAddressHigh(c.destinationAddressHigh[i]);
      b.addDestinationAddressLow(c.destinationAddressLow[i]);
      b.addBgpNextHopHigh(c.bgpNextHopHigh[i]);
      b.addBgpNextHopLow(c.bgpNextHopLow[i]);
      b.addOctets(c.octets[i]);
      b.addPackets(c.packets[i]);
      b.addFirstSwitchedDeltaMillis(c.firstSwitchedMillis[i] - c.baseTimeMillis);
      b.addDurationMillis(c.lastSwitchedMillis[i] - c.firstSwitchedMillis[i]);
    }
    b.setDirection(octets(c.direction, c.recordCount));
    b.setIpVersion(octets(c.ipVersion, c.recordCount));
    b.setIpVersionRule(octets(c.ipVersionRule, c.recordCount));
    b.setSourcePrefixLength(octets(c.sourcePrefixLength, c.recordCount));
    b.setDestinationPrefixLength(octets(c.destinationPrefixLength, c.recordCount));
    b.setProtocol(octets(c.protocol, c.recordCount));
    b.setNextHeader(octets(c.nextHeader, c.recordCount));
    b.setIpClassOfService(octets(c.ipClassOfService, c.recordCount));
    b.setInnerIpVersion(octets(c.innerIpVersion, c.recordCount));
    b.setForwardingStatus(octets(c.forwardingStatus, c.recordCount));
    b.setFlowEndReason(octets(c.flowEndReason, c.recordCount));
    b.setSamplingIndex(octets(c.samplingIndex, c.recordCount));
    return b.build();
  }

  /** Asserts that a batch read by the generated class holds what the columns hold. */
  static void assertSame(FlowBatch b, FlowColumns c, String collectorId) {
    assertThat(b.getSchemaVersion()).isEqualTo(1);
    assertThat(b.getCollectorId()).isEqualTo(collectorId);
    assertThat(b.getBatchSequence()).isEqualTo(c.batchSequence);
    assertThat(b.getRecordCount()).isEqualTo(c.recordCount);
    FlowBatch expected = of(c, collectorId);
    assertThat(b.getSourcesList()).isEqualTo(expected.getSourcesList());
    assertThat(b.getSamplingsList()).isEqualTo(expected.getSamplingsList());
    same("messageSource", b.getMessageSourceList(), expected.getMessageSourceList());
    same("messageRecordCount", b.getMessageRecordCountList(), expected.getMessageRecordCountList());
    same(
        "messageSequenceNumber",
        b.getMessageSequenceNumberList(),
        expected.getMessageSequenceNumberList());
    same(
        "receive times",
        b.getMessageReceiveTimeDeltaMillisList(),
        expected.getMessageReceiveTimeDeltaMillisList());
    same(
        "export times",
        b.getMessageExportTimeDeltaMillisList(),
        expected.getMessageExportTimeDeltaMillisList());
    same("ingressInterface", b.getIngressInterfaceList(), expected.getIngressInterfaceList());
    same("egressInterface", b.getEgressInterfaceList(), expected.getEgressInterfaceList());
    same("sourcePort", b.getSourcePortList(), expected.getSourcePortList());
    same("destinationPort", b.getDestinationPortList(), expected.getDestinationPortList());
    same("tcpControlBits", b.getTcpControlBitsList(), expected.getTcpControlBitsList());
    same("flowLabel", b.getFlowLabelList(), expected.getFlowLabelList());
    same("sourceAs", b.getSourceAsList(), expected.getSourceAsList());
    same("destinationAs", b.getDestinationAsList(), expected.getDestinationAsList());
    same("nextAdjacentAs", b.getNextAdjacentAsList(), expected.getNextAdjacentAsList());
    same("previousAdjacentAs", b.getPreviousAdjacentAsList(), expected.getPreviousAdjacentAsList());
    same("vlanId", b.getVlanIdList(), expected.getVlanIdList());
    same("topMplsLabel", b.getTopMplsLabelList(), expected.getTopMplsLabelList());
    same("flags", b.getFlagsList(), expected.getFlagsList());
    same("sourceAddressHigh", b.getSourceAddressHighList(), expected.getSourceAddressHighList());
    same("sourceAddressLow", b.getSourceAddressLowList(), expected.getSourceAddressLowList());
    same(
        "destinationAddressHigh",
        b.getDestinationAddressHighList(),
        expected.getDestinationAddressHighList());
    same(
        "destinationAddressLow",
        b.getDestinationAddressLowList(),
        expected.getDestinationAddressLowList());
    same("bgpNextHopHigh", b.getBgpNextHopHighList(), expected.getBgpNextHopHighList());
    same("bgpNextHopLow", b.getBgpNextHopLowList(), expected.getBgpNextHopLowList());
    same("octets", b.getOctetsList(), expected.getOctetsList());
    same("packets", b.getPacketsList(), expected.getPacketsList());
    same(
        "firstSwitchedDeltaMillis",
        b.getFirstSwitchedDeltaMillisList(),
        expected.getFirstSwitchedDeltaMillisList());
    same("durationMillis", b.getDurationMillisList(), expected.getDurationMillisList());
    same("direction", b.getDirection(), expected.getDirection());
    same("ipVersion", b.getIpVersion(), expected.getIpVersion());
    same("ipVersionRule", b.getIpVersionRule(), expected.getIpVersionRule());
    same("sourcePrefixLength", b.getSourcePrefixLength(), expected.getSourcePrefixLength());
    same(
        "destinationPrefixLength",
        b.getDestinationPrefixLength(),
        expected.getDestinationPrefixLength());
    same("protocol", b.getProtocol(), expected.getProtocol());
    same("nextHeader", b.getNextHeader(), expected.getNextHeader());
    same("ipClassOfService", b.getIpClassOfService(), expected.getIpClassOfService());
    same("innerIpVersion", b.getInnerIpVersion(), expected.getInnerIpVersion());
    same("forwardingStatus", b.getForwardingStatus(), expected.getForwardingStatus());
    same("flowEndReason", b.getFlowEndReason(), expected.getFlowEndReason());
    same("samplingIndex", b.getSamplingIndex(), expected.getSamplingIndex());
  }

  private static ByteString octets(byte[] column, int count) {
    return UnsafeByteOperations.unsafeWrap(column, 0, count);
  }

  /** An absent column means that every entry is 0. */
  private static <T extends Number> void same(String column, List<T> actual, List<T> expected) {
    if (actual.isEmpty()) {
      assertThat(expected).as(column).allMatch(entry -> entry.longValue() == 0);
    } else {
      assertThat(actual).as(column).isEqualTo(expected);
    }
  }

  private static void same(String column, ByteString actual, ByteString expected) {
    if (actual.isEmpty()) {
      assertThat(expected.toByteArray()).as(column).isEqualTo(new byte[expected.size()]);
    } else {
      assertThat(actual).as(column).isEqualTo(expected);
    }
  }
}
