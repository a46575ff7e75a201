package org.ipv6flow.launcher.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Accounts for every octet that was sent: message by message from the simulator to Kafka, link by
 * link from Kafka to every table of ClickHouse.
 *
 * <p>What did not reach Kafka is lost, and the collectors must have counted it. Everything else
 * must be stored, once.
 */
final class Audit {

  private static final int MAX_FINDINGS = 20;

  private final List<String> findings = new ArrayList<>();
  private final Map<String, Long> figures = new LinkedHashMap<>();
  private long difference;
  private long lostRecords;
  private long lostOctets;
  private long unscaledOctets;

  private Audit() {}

  static Audit of(SentMessages sent, PublishedFlows published, StoredFlows.Totals stored) {
    Audit audit = new Audit();
    audit.compareMessages(sent, published);
    ExpectedLoss expected = ExpectedLoss.of(sent, published);
    audit.compareLoss(expected, stored.counted());
    audit.compareStore(sent, published, stored);
    audit.describeLoss(expected, stored.counted());
    audit.figures.put("difference", audit.difference);
    return audit;
  }

  /** Octets, packets and records that are missing, doubled or wrong anywhere; 0 if none is. */
  long difference() {
    return difference;
  }

  /** What differs, one line each. */
  List<String> findings() {
    return findings;
  }

  /** By the names they have in the JSON file. */
  Map<String, Long> figures() {
    return figures;
  }

  private void compareMessages(SentMessages sent, PublishedFlows published) {
    sent.messages()
        .forEach(
            (key, message) -> {
              PublishedFlows.Arrived arrived = published.messages().get(key);
              if (arrived == null) {
                lose(message.records(), message.octetsScaled());
              } else if (arrived.records > message.records()) {
                find(
                    arrived.records - message.records(),
                    "%s: %d records sent, %d in Kafka"
                        .formatted(key, message.records(), arrived.records));
              } else if (arrived.unscaled > 0) {
                // Their octets are stored as observed, with a reason.
                unscaledOctets += message.octetsScaled() - arrived.octetsScaled;
                lose(message.records() - arrived.records, 0);
              } else if (arrived.records < message.records()) {
                // The rest was in the memory of a collector that was killed.
                lose(
                    message.records() - arrived.records,
                    message.octetsScaled() - arrived.octetsScaled);
              } else if (arrived.octetsScaled != message.octetsScaled()) {
                find(
                    Math.abs(arrived.octetsScaled - message.octetsScaled()),
                    "%s: %,d octets sent, %,d in Kafka"
                        .formatted(key, message.octetsScaled(), arrived.octetsScaled));
              }
            });
    for (MessageKey key : published.messages().keySet()) {
      if (!sent.messages().containsKey(key)) {
        find(published.messages().get(key).records, key + " is in Kafka but was never sent");
      }
    }
  }

  private void lose(int records, long octets) {
    lostRecords += records;
    lostOctets += octets;
  }

  /** The collectors must have counted what is missing, and nothing that is there. */
  private void compareLoss(ExpectedLoss expected, StoredFlows.CountedLoss counted) {
    compareLoss(
        "IPFIX records",
        expected.ipfixRecords(),
        expected.ipfixRecordsBetween(),
        counted.ipfixRecords(),
        counted.droppedRecords());
    compareLoss(
        "NetFlow v9 messages",
        expected.v9Messages(),
        expected.v9MessagesBetween(),
        counted.v9Messages(),
        counted.droppedRecords());
  }

  private void compareLoss(String what, long missing, long between, long counted, long dropped) {
    long off = Math.max(missing - dropped - counted, counted - missing - between);
    if (off > 0) {
      find(
          off,
          "%s: %,d are not in Kafka (and %,d options beside them), the collectors count %,d"
              .formatted(what, missing, between, counted));
    }
  }

  private void describeLoss(ExpectedLoss expected, StoredFlows.CountedLoss counted) {
    figures.put("ipfix_records_lost_before_kafka", expected.ipfixRecords());
    figures.put("ipfix_options_records_beside_them", expected.ipfixRecordsBetween());
    figures.put("ipfix_records_lost_by_collectors_count", counted.ipfixRecords());
    figures.put("v9_messages_lost_before_kafka", expected.v9Messages());
    figures.put("v9_other_messages_beside_them", expected.v9MessagesBetween());
    figures.put("v9_messages_lost_by_collectors_count", counted.v9Messages());
    figures.put("records_in_killed_collectors", counted.killedRecords());
    figures.put("records_dropped_by_collectors", counted.droppedRecords());
  }

  private void compareStore(
      SentMessages sent, PublishedFlows published, StoredFlows.Totals stored) {
    if (published.elsewhere().records > 0) {
      find(published.elsewhere().records, "of no link: " + published.elsewhere());
    }
    for (String level : StoredFlows.LEVELS) {
      compareLinks(level, published.links(), stored.links().getOrDefault(level, Map.of()));
    }
    Sums unattributed = new Sums();
    for (Map.Entry<String, Sums> reason : stored.unattributed().entrySet()) {
      unattributed.add(reason.getValue());
      if (!reason.getKey().equals("sampling_unknown")) {
        find(reason.getValue().records, reason.getKey() + ": " + reason.getValue());
      }
    }
    long off = unattributed.difference(published.unscaled());
    if (off != 0) {
      find(
          off,
          "unattributed: %s in Kafka, %s stored".formatted(published.unscaled(), unattributed));
    }
    Sums linked = total(stored.links().getOrDefault(StoredFlows.LEVELS.get(0), Map.of()));
    long recordsStored = linked.records + unattributed.records;
    long recordsMissing = sent.records() - recordsStored - lostRecords;
    long octetsMissing = sent.octetsScaled() - linked.octets - lostOctets - unscaledOctets;
    if (recordsMissing != 0 || octetsMissing != 0) {
      find(
          Math.abs(recordsMissing) + Math.abs(octetsMissing),
          "%,d records and %,d octets are missing".formatted(recordsMissing, octetsMissing));
    }
    figures.put("records_sent", sent.records());
    figures.put("records_stored", recordsStored);
    figures.put("records_lost_before_kafka", lostRecords);
    figures.put("records_sampling_unknown", unattributed.records);
    figures.put("octets_scaled_sent", sent.octetsScaled());
    figures.put("octets_stored", linked.octets);
    figures.put("octets_lost_before_kafka", lostOctets);
    figures.put("octets_sampling_unknown", unscaledOctets);
  }

  private void compareLinks(
      String level, Map<LinkCell, Sums> published, Map<LinkCell, Sums> stored) {
    Set<LinkCell> cells = new HashSet<>(published.keySet());
    cells.addAll(stored.keySet());
    for (LinkCell cell : cells) {
      Sums right = published.getOrDefault(cell, new Sums());
      Sums found = stored.getOrDefault(cell, new Sums());
      long off = right.difference(found);
      if (off != 0) {
        find(off, "%s: %s: %s in Kafka, %s stored".formatted(level, cell, right, found));
      }
    }
  }

  private static Sums total(Map<LinkCell, Sums> cells) {
    Sums total = new Sums();
    cells.values().forEach(total::add);
    return total;
  }

  private void find(long off, String finding) {
    difference += off;
    if (findings.size() < MAX_FINDINGS) {
      findings.add(finding);
    }
  }
}
