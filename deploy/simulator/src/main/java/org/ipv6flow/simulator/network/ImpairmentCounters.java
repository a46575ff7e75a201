package org.ipv6flow.simulator.network;

/** What the bad network did, over all sinks. */
public final class ImpairmentCounters {

  public long lostMessages;
  public long lostRecords;

  /** Of the records lost: their octets times the sampling interval. */
  public long lostScaledOctets;

  public long duplicatedMessages;
  public long reorderedMessages;
}
