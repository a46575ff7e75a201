package org.ipv6flow.simulator.export;

/**
 * One transport session of one observation domain: message headers and the sequence number.
 *
 * <p>NetFlow v9 counts messages (RFC 3954 section 5.1); IPFIX counts the data records sent before,
 * those of options included (RFC 7011 section 3.1).
 */
final class ExportSession {

  private final Protocol protocol;
  private final long domain;
  private final DatagramSink sink;
  private final ExporterState exporter;
  private final SessionCounters counters;

  private long sequence;

  ExportSession(
      Protocol protocol,
      long domain,
      DatagramSink sink,
      ExporterState exporter,
      SessionCounters counters) {
    this.protocol = protocol;
    this.domain = domain;
    this.sink = sink;
    this.exporter = exporter;
    this.counters = counters;
  }

  Protocol protocol() {
    return protocol;
  }

  /** Sends templates only. */
  void sendTemplates(byte[] message, int length, int templates) {
    send(message, length, templates, 0, 0, 0);
  }

  void sendOptions(byte[] message, int length, int records) {
    counters.optionsRecords += records;
    send(message, length, 0, records, 0, 0);
  }

  void sendFlows(byte[] message, int length, int records, long observedOctets) {
    long scaledOctets = observedOctets * exporter.samplingInterval;
    counters.flowRecords += records;
    counters.observedOctets += observedOctets;
    counters.scaledOctets += scaledOctets;
    send(message, length, 0, records, records, scaledOctets);
  }

  /** After a restart the sequence begins anew. */
  void restart() {
    sequence = 0;
  }

  private void send(
      byte[] message,
      int length,
      int templates,
      int dataRecords,
      int flowRecords,
      long scaledOctets) {
    Octets.put(protocol.version, message, 0, 2);
    if (protocol == Protocol.NETFLOW9) {
      Octets.put(templates + dataRecords, message, 2, 2);
      Octets.put(exporter.upTimeMillis(), message, 4, 4);
      Octets.put(exporter.exportSeconds(), message, 8, 4);
      Octets.put(sequence, message, 12, 4);
      Octets.put(domain, message, 16, 4);
      sequence++;
    } else {
      Octets.put(length, message, 2, 2);
      Octets.put(exporter.exportSeconds(), message, 4, 4);
      Octets.put(sequence, message, 8, 4);
      Octets.put(domain, message, 12, 4);
      sequence += dataRecords;
    }
    counters.messages++;
    sink.send(message, length, flowRecords, scaledOctets);
  }
}
