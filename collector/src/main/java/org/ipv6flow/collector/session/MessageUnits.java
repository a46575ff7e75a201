package org.ipv6flow.collector.session;

/** What a message contained, as far as its sequence number may count it. Mutable and reused. */
public final class MessageUnits {

  /** Data records, options data too; negative if not known, since a template is not. */
  public int dataRecords;

  /** Those of options templates. */
  public int optionsRecords;

  /** Template records of both kinds. */
  public int templateRecords;

  /** Flow records made of them, those of sets that had waited too. */
  public int flowRecords;

  /** Messages that these came in: 1 if it has any, and one for each set that had waited. */
  public int flowMessages;

  /** Begins a message. */
  public void clear() {
    dataRecords = 0;
    optionsRecords = 0;
    templateRecords = 0;
    flowRecords = 0;
    flowMessages = 0;
  }
}
