package org.ipv6flow.collector.fuzz;

import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Function;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;

/** Datagrams made to cost as much as they can; what they cost, by name: steps and octets. */
public final class Costs implements Function<String, long[]> {

  private static final int MAX_FIELDS = 512;
  private static final int RECORD_OCTETS = 40_000;
  private static final long ANY_STEPS = 1L << 40;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final DecoderUnderTest decoder = new DecoderUnderTest();
  private long nowMillis = TestCollector.NOW_MILLIS;

  /** Steps taken, bytes allocated and octets received. */
  @Override
  public long[] apply(String attack) {
    return switch (attack) {
      case "fields of no octets" -> fieldsOfNoOctets();
      case "options fields of no octets" -> optionsFieldsOfNoOctets();
      case "restart with many templates" -> restartWithManyTemplates();
      case "redefinition with many templates" -> redefinitionWithManyTemplates();
      case "sets of nothing for many templates" -> setsForManyTemplates();
      case "intervals that change" -> intervalsThatChange();
      case "interfaces of one slot" -> interfacesOfOneSlot();
      default -> throw new IllegalArgumentException(attack);
    };
  }

  private long[] fieldsOfNoOctets() {
    FieldSpecifier[] fields = new FieldSpecifier[MAX_FIELDS];
    Arrays.fill(fields, field(82, 0));
    fields[0] = field(1, FieldSpecifier.VARIABLE_LENGTH);
    receive(ipfix(1).template(256, fields).build());
    return cost(ipfix(1).set(256, new byte[RECORD_OCTETS]).build());
  }

  private long[] optionsFieldsOfNoOctets() {
    FieldSpecifier[] fields = new FieldSpecifier[MAX_FIELDS];
    Arrays.fill(fields, field(82, 0));
    fields[0] = field(144, 1);
    receive(ipfix(1).optionsTemplate(256, 1, fields).build());
    return cost(ipfix(1).set(256, new byte[RECORD_OCTETS]).build());
  }

  private long[] restartWithManyTemplates() {
    learnFromManyPorts();
    return cost(netflow9(1).exportTimeSeconds(1_700_100_000).sysUpTimeMillis(1).build());
  }

  private long[] redefinitionWithManyTemplates() {
    learnFromManyPorts();
    return cost(manyTemplates(8));
  }

  private void learnFromManyPorts() {
    for (int port = 0; port < 64; port++) {
      decoder.decode(manyTemplates(4), 0, port, nowMillis);
    }
  }

  private static byte[] manyTemplates(int length) {
    RecordBuilder templates = RecordBuilder.record();
    for (int id = 256; id < 256 + 1_000; id++) {
      templates.u16(id).u16(1).u16(1).u16(length);
    }
    return netflow9(1).sysUpTimeMillis(900_000_000).set(0, templates.build()).build();
  }

  /** All that may be held is held, for one template; then another is announced, many times. */
  private long[] setsForManyTemplates() {
    RecordBuilder empty = RecordBuilder.record();
    for (int i = 0; i < 10_000; i++) {
      empty.u16(9_999).u16(4);
    }
    receive(netflow9(1).raw(empty.build()).build());
    return cost(manyTemplates(4));
  }

  private long[] intervalsThatChange() {
    receive(ipfix(1).optionsTemplate(256, 1, field(302, 2), field(34, 2)).build());
    receive(ipfix(1).data(256, intervals(1)).build());
    return cost(ipfix(1).data(256, intervals(2)).build());
  }

  private static RecordBuilder intervals(int interval) {
    RecordBuilder records = RecordBuilder.record();
    for (int sampler = 0; sampler < 4_096; sampler++) {
      records.u16(sampler).u16(interval);
    }
    return records;
  }

  private long[] interfacesOfOneSlot() {
    receive(ipfix(1).template(256, field(10, 4), field(1, 1), field(60, 1)).build());
    RecordBuilder records = RecordBuilder.record();
    int found = 0;
    for (int index = 0; found < 4_000; index++) {
      if ((index * 0x9E37_79B9 >>> 16 & 8_191) < 8) {
        records.u32(index).u8(1).u8(4);
        found++;
      }
    }
    byte[] datagram = ipfix(1).data(256, records).build();
    receive(datagram);
    return cost(datagram);
  }

  private void receive(byte[] datagram) {
    decoder.decode(datagram, 0, TestCollector.PORT, nowMillis);
  }

  private long[] cost(byte[] datagram) {
    nowMillis += 2;
    long bytesBefore = threads.getCurrentThreadAllocatedBytes();
    Steps.begin(ANY_STEPS);
    receive(datagram);
    return new long[] {
      Steps.end(), threads.getCurrentThreadAllocatedBytes() - bytesBefore, datagram.length
    };
  }
}
