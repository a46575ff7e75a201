package org.ipv6flow.simulator.export;

/** A message in the making: one data set of one template, sent when it is full. */
final class DataMessage {

  /** Fits an Ethernet MTU with room for tunnels; routers choose the like. */
  static final int MAX_LENGTH = 1_400;

  private static final int SET_HEADER_LENGTH = 4;

  private final ExportSession session;
  private final RecordEncoder encoder;
  private final int templateId;
  private final boolean options;
  private final byte[] message = new byte[MAX_LENGTH + RecordEncoder.SPARE_OCTETS];

  private int length;
  private int records;
  private long observedOctets;

  private DataMessage(
      ExportSession session, RecordEncoder encoder, int templateId, boolean options) {
    this.session = session;
    this.encoder = encoder;
    this.templateId = templateId;
    this.options = options;
    clear();
  }

  static DataMessage ofFlows(ExportSession session, RecordEncoder encoder, int templateId) {
    return new DataMessage(session, encoder, templateId, false);
  }

  static DataMessage ofOptions(ExportSession session, RecordEncoder encoder, int templateId) {
    return new DataMessage(session, encoder, templateId, true);
  }

  void add(FlowRecord flow) {
    encoder.write(flow, message, length);
    length += encoder.recordLength();
    records++;
    observedOctets += flow.octets;
    if (length + encoder.recordLength() > MAX_LENGTH - Sets.MAX_PADDING) {
      flush();
    }
  }

  /** Sends what there is. */
  void flush() {
    if (records == 0) {
      return;
    }
    int setStart = session.protocol().headerLength;
    length = Sets.close(message, setStart, length, templateId);
    if (options) {
      session.sendOptions(message, length, records);
    } else {
      session.sendFlows(message, length, records, observedOctets);
    }
    clear();
  }

  private void clear() {
    length = session.protocol().headerLength + SET_HEADER_LENGTH;
    records = 0;
    observedOctets = 0;
  }
}
