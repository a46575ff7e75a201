package org.ipv6flow.jobs.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.ipv6flow.schema.flow.FlowBatchEncoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.SamplingProvenance;

/** Fills a batch record by record; each record is an export message of its own. */
public final class FlowBatchBuilder {

  /** 2026-09-21T14:13:20Z, the start of a minute's 20th second and of a bucket. */
  public static final long NOW = 1_790_000_000_000L;

  private final FlowColumns columns = new FlowColumns(4096);
  private long receivedMillis = NOW;

  public FlowBatchBuilder received(long millis) {
    receivedMillis = millis;
    return this;
  }

  /**
   * Adds a record: one packet of 1000 octets, unsampled, IPv6 between two global addresses, metered
   * ingress on interface 1, at the time of its reception.
   */
  public FlowBatchBuilder record(long exporterLow, Consumer<Record> change) {
    int i = columns.recordCount++;
    Record record = new Record(columns, i);
    columns.ipVersion[i] = 6;
    record.from("240e:1::1").to("2408:8001::1");
    record
        .octets(1000)
        .packets(1)
        .sampledOneIn(1)
        .ingress(1)
        .between(receivedMillis, receivedMillis);
    change.accept(record);
    int source = columns.sourceIndex(0, exporterLow, 7);
    columns.addMessage(source, 1, i, receivedMillis, receivedMillis);
    return this;
  }

  public FlowBatchBuilder record(long exporterLow) {
    return record(exporterLow, record -> {});
  }

  public FlowColumns build() {
    return columns;
  }

  public byte[] encode() {
    return encode("collector-1");
  }

  public byte[] encode(String collector) {
    return new FlowBatchEncoder(collector).toByteArray(columns);
  }

  /** One record of the batch. */
  public record Record(FlowColumns columns, int index) {

    public Record octets(long octets) {
      columns.octets[index] = octets;
      return this;
    }

    public Record packets(long packets) {
      columns.packets[index] = packets;
      return this;
    }

    public Record sampledOneIn(double interval) {
      columns.samplingIndex[index] =
          (byte) columns.samplingIndex(interval, SamplingProvenance.SAMPLER.code());
      return this;
    }

    public Record samplingUnknown() {
      columns.samplingIndex[index] = 0;
      return this;
    }

    /** Without IE 61. */
    public Record ingress(int ingressInterface) {
      columns.direction[index] = 0;
      columns.ingressInterface[index] = ingressInterface;
      return this;
    }

    /** IE 61 = 1. */
    public Record egress(int egressInterface) {
      columns.direction[index] = 2;
      columns.egressInterface[index] = egressInterface;
      return this;
    }

    public Record between(long firstMillis, long lastMillis) {
      columns.firstSwitchedMillis[index] = firstMillis;
      columns.lastSwitchedMillis[index] = lastMillis;
      return this;
    }

    public Record from(String address) {
      long[] halves = halves(address);
      columns.sourceAddressHigh[index] = halves[0];
      columns.sourceAddressLow[index] = halves[1];
      return this;
    }

    /** Also sets the IP version by the address. */
    public Record to(String address) {
      long[] halves = halves(address);
      columns.destinationAddressHigh[index] = halves[0];
      columns.destinationAddressLow[index] = halves[1];
      columns.ipVersion[index] = (byte) (address.indexOf(':') < 0 ? 4 : 6);
      return this;
    }

    public Record protocol(int protocol) {
      columns.protocol[index] = (byte) protocol;
      return this;
    }

    public Record ports(int source, int destination) {
      columns.sourcePort[index] = source;
      columns.destinationPort[index] = destination;
      return this;
    }

    /** IE 16 and 17. */
    public Record as(int source, int destination) {
      columns.sourceAs[index] = source;
      columns.destinationAs[index] = destination;
      return this;
    }

    /** IE 14 of a record that is metered on its way in. */
    public Record leaving(int egressInterface) {
      columns.egressInterface[index] = egressInterface;
      return this;
    }

    public Record flags(int flags) {
      columns.flags[index] = flags;
      return this;
    }

    public Record forwardingStatus(int status) {
      columns.forwardingStatus[index] = (byte) status;
      return this;
    }

    public Record innerIpVersion(int version) {
      columns.innerIpVersion[index] = (byte) version;
      return this;
    }

    public Record ipVersion(int version) {
      columns.ipVersion[index] = (byte) version;
      return this;
    }

    private static long[] halves(String literal) {
      try {
        byte[] octets = InetAddress.getByName(literal).getAddress();
        long[] halves = octets.length == 4 ? new long[] {0, 0xFFFF} : new long[2];
        for (int i = 0; i < octets.length; i++) {
          int half = octets.length == 4 ? 1 : i / 8;
          halves[half] = halves[half] << 8 | octets[i] & 0xFF;
        }
        return halves;
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(literal, e);
      }
    }
  }
}
