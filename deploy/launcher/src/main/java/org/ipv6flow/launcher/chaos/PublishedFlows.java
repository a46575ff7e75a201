package org.ipv6flow.launcher.chaos;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.PrimaryObservation;
import org.ipv6flow.schema.topic.Topics;
import org.ipv6flow.schema.v1.FlowBatch;
import org.ipv6flow.schema.v1.Source;

/**
 * What is in Kafka, read to its end and added up in the plainest way: generated protobuf classes
 * and hash maps, none of the job's code.
 */
final class PublishedFlows {

  /** The part of a message that reached Kafka. */
  static final class Arrived {
    int records;
    long octetsScaled;

    /** Of these, records whose sampling interval the collector did not know. */
    int unscaled;
  }

  private record Observation(String exporter, long interfaceIndex, int meterCode) {}

  private static final int EGRESS = 2;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int ADDRESS_OCTETS = 16;

  private final Map<Observation, PrimaryObservation> observations = new HashMap<>();
  private final Map<MessageKey, Arrived> messages = new HashMap<>();
  private final Map<LinkCell, Sums> links = new HashMap<>();
  private final Sums unscaled = new Sums();
  private final Sums elsewhere = new Sums();

  PublishedFlows(Inventory inventory) {
    for (PrimaryObservation primary : inventory.primaryObservations()) {
      Exporter exporter = inventory.exporter(primary.exporterId()).orElseThrow();
      observations.put(
          new Observation(exporter.address(), primary.interfaceIndex(), primary.meter().code()),
          primary);
    }
  }

  static PublishedFlows read(String bootstrapServers, Inventory inventory)
      throws InvalidProtocolBufferException, UnknownHostException {
    PublishedFlows published = new PublishedFlows(inventory);
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(Topics.FLOWS)
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          published.add(FlowBatch.parseFrom(record.value()));
        }
      }
    }
    return published;
  }

  Map<MessageKey, Arrived> messages() {
    return messages;
  }

  /** What must be stored of each direction of each link. */
  Map<LinkCell, Sums> links() {
    return links;
  }

  /** What must be stored as unattributed because its sampling interval is not known. */
  Sums unscaled() {
    return unscaled;
  }

  /** What belongs to no link; nothing, as the simulator plays only links. */
  Sums elsewhere() {
    return elsewhere;
  }

  void add(FlowBatch batch) throws UnknownHostException {
    int record = 0;
    for (int i = 0; i < batch.getMessageRecordCountCount(); i++) {
      Source source = batch.getSources(column(batch.getMessageSourceList(), i));
      String exporter = text(source.getExporterAddress());
      MessageKey key =
          new MessageKey(
              exporter,
              Integer.toUnsignedLong(source.getObservationDomainId()),
              Integer.toUnsignedLong(column(batch.getMessageSequenceNumberList(), i)));
      Arrived arrived = messages.computeIfAbsent(key, unused -> new Arrived());
      int end = record + batch.getMessageRecordCount(i);
      for (; record < end; record++) {
        add(batch, record, exporter, arrived);
      }
    }
  }

  private void add(FlowBatch batch, int i, String exporter, Arrived arrived) {
    int sampling = octet(batch.getSamplingIndex(), i);
    long interval = (long) batch.getSamplings(sampling).getInterval();
    if (interval != batch.getSamplings(sampling).getInterval()) {
      throw new IllegalStateException("the simulator samples one in a whole number");
    }
    Sums sums = new Sums();
    sums.records = 1;
    sums.observedOctets = batch.getOctetsCount() == 0 ? 0 : batch.getOctets(i);
    sums.observedPackets = batch.getPacketsCount() == 0 ? 0 : batch.getPackets(i);
    sums.octets = Math.multiplyExact(sums.observedOctets, interval);
    sums.packets = Math.multiplyExact(sums.observedPackets, interval);
    arrived.records++;
    arrived.octetsScaled += sums.octets;
    if (interval == 0) {
      arrived.unscaled++;
      unscaled.add(sums);
      return;
    }
    int meter = octet(batch.getDirection(), i);
    int index =
        meter == EGRESS
            ? column(batch.getEgressInterfaceList(), i)
            : column(batch.getIngressInterfaceList(), i);
    PrimaryObservation primary =
        observations.get(
            new Observation(exporter, Integer.toUnsignedLong(index), meter == EGRESS ? 2 : 1));
    if (primary == null) {
      elsewhere.add(sums);
    } else {
      links
          .computeIfAbsent(
              new LinkCell(
                  primary.linkId(), primary.direction().label(), octet(batch.getIpVersion(), i)),
              cell -> new Sums())
          .add(sums);
    }
  }

  /** A column of zeros is left out. */
  private static int octet(ByteString column, int i) {
    return column.isEmpty() ? 0 : column.byteAt(i) & 0xFF;
  }

  private static int column(List<Integer> column, int i) {
    return column.isEmpty() ? 0 : column.get(i);
  }

  private static String text(ByteString address) throws UnknownHostException {
    byte[] octets = address.toByteArray();
    if (octets.length != ADDRESS_OCTETS) {
      throw new UnknownHostException("exporter address of %d octets".formatted(octets.length));
    }
    // IPv4 is IPv4-mapped, which Java reads as IPv4.
    return InetAddress.getByAddress(octets).getHostAddress();
  }
}
