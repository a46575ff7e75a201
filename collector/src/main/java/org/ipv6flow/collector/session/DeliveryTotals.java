package org.ipv6flow.collector.session;

/** What was found in Kafka of earlier runs' records of one domain. */
final class DeliveryTotals {

  long records;
  long messages;
  long lostRecords;
  long lostMessages;
  long drops;
  long killed;

  /** Behind the last batch that was found; 0 if there was none. */
  long flowsEnd;

  /** Behind the last status that was found. */
  long statusEnd;
}
