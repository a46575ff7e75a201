package org.ipv6flow.collector.decode;

import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.sampling.SamplingScope;
import org.ipv6flow.collector.session.ObservationDomain;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.flow.IpVersionRule;
import org.ipv6flow.schema.flow.SamplingProvenance;
import org.jspecify.annotations.Nullable;

/** Makes a JSON object of every data record: its elements by name, and what was decided. */
final class JsonListener implements DecodeListener {

  private static final int LONG_LENGTH_PREFIX = 255;

  private final FlowRecordConsumer consumer;
  private @Nullable IOException failure;
  private int position;

  JsonListener(FlowRecordConsumer consumer) {
    this.consumer = consumer;
  }

  /** Throws what the consumer threw; decoding went on without it. */
  void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void onSampling(ObservationDomain domain, SamplingScope scope, double interval) {}

  @Override
  public void onFlowRecords(
      ObservationDomain domain,
      ExportMessage message,
      Template template,
      FlowColumns columns,
      int fromRow,
      int toRow,
      byte[] data,
      int from,
      int to,
      int records) {
    position = from;
    for (int i = 0; i < records && failure == null; i++) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("exporter", Addresses.text(domain.exporterHigh(), domain.exporterLow()));
      node.put("observationDomain", Integer.toUnsignedLong(domain.domainId()));
      node.put("protocolVersion", message.protocolVersion);
      node.put("template", template.templateId());
      node.put("exportTime", Instant.ofEpochMilli(message.exportTimeMillis).toString());
      readFields(template, data, node);
      node.set("decoded", decoded(columns, fromRow + i));
      try {
        consumer.accept(node);
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  private void readFields(Template template, byte[] data, ObjectNode node) {
    for (FieldSpecifier field : template.fields()) {
      int length = field.length();
      if (field.isVariableLength()) {
        length = u8(data, position++);
        if (length == LONG_LENGTH_PREFIX) {
          length = u16(data, position);
          position += 2;
        }
      }
      add(node, FieldText.name(field), FieldText.value(field, data, position, length));
      position += length;
    }
  }

  /** Repeated elements become an array, outermost first (RFC 7011 section 8). */
  private static void add(ObjectNode node, String name, JsonNode value) {
    JsonNode present = node.get(name);
    if (present == null) {
      node.set(name, value);
    } else if (present instanceof ArrayNode array) {
      array.add(value);
    } else {
      node.set(name, JsonNodeFactory.instance.arrayNode().add(present).add(value));
    }
  }

  private static ObjectNode decoded(FlowColumns columns, int row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("ipVersion", columns.ipVersion[row]);
    for (IpVersionRule rule : IpVersionRule.values()) {
      if (rule.code() == columns.ipVersionRule[row]) {
        node.put("ipVersionRule", rule.name().toLowerCase(Locale.ROOT));
      }
    }
    if (columns.innerIpVersion[row] != 0) {
      node.put("innerIpVersion", columns.innerIpVersion[row]);
    }
    node.put("firstSwitched", Instant.ofEpochMilli(columns.firstSwitchedMillis[row]).toString());
    node.put("lastSwitched", Instant.ofEpochMilli(columns.lastSwitchedMillis[row]).toString());
    if ((columns.flags[row] & FlowFlags.CLOCK_SUSPECT) != 0) {
      node.put("clockSuspect", true);
    }
    int index = columns.samplingIndex[row] & 0xFF;
    if (index != 0) {
      node.put("samplingInterval", columns.samplingIntervals[index]);
    }
    node.put(
        "samplingProvenance",
        SamplingProvenance.of(columns.samplingProvenances[index]).name().toLowerCase(Locale.ROOT));
    return node;
  }
}
