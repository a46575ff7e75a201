package org.ipv6flow.collector.session;

/**
 * What became of the flow records of one exporter's domain, over all runs of the collector: what is
 * decoded is at any time in Kafka, known to be lost, or under way; and what is lost has been told
 * or is owed.
 *
 * <p>Each change is stored at once, in a {@link Slot} that outlives the process. While an earlier
 * run is being settled, what this run delivers is only noted: where Kafka's log was last known to
 * be complete must not move beyond what is still to be looked for. Locked, since Kafka's answers
 * come on another thread than datagrams.
 */
final class DeliveryAccount {

  private static final int SETTLED_RECORDS = 0;
  private static final int SETTLED_MESSAGES = 1;
  private static final int FLOWS_POSITION = 2;
  private static final int UNTOLD_RECORDS = 3;
  private static final int UNTOLD_MESSAGES = 4;
  private static final int UNTOLD_DROPS = 5;
  private static final int UNTOLD_KILLED = 6;
  private static final int STATUS_POSITION = 7;

  private final Slot slot;

  /**
   * Flow records whose fate is known, minus those decoded on ports without a slot; those of all
   * ports with one, less these, are under way.
   */
  private long settledRecords;

  private long settledMessages;

  /** Up to where {@link #settledRecords} holds what is in the flows topic. */
  private long flowsPosition;

  /** Lost records not told of in a status in Kafka, less what ports with a slot miss. */
  private long untoldRecords;

  private long untoldMessages;

  /** Flow records that Kafka did not take, not told of yet. */
  private long untoldDrops;

  /** Flow records that were under way when a run was killed, not told of yet. */
  private long untoldKilled;

  /** Up to where in the status topic the above knows what was told. */
  private long statusPosition;

  /** Of this run, while earlier ones are being settled. */
  private boolean noting;

  private long notedRecords;
  private long notedMessages;
  private long notedFlowsPosition;
  private long notedTold;
  private long notedToldMessages;
  private long notedToldDrops;
  private long notedToldKilled;
  private long notedStatusPosition;

  /**
   * @param slot in use; its numbers are those of earlier runs
   * @param noting whether earlier runs are being settled
   */
  DeliveryAccount(Slot slot, boolean noting) {
    this.slot = slot;
    this.noting = noting;
    settledRecords = slot.value(SETTLED_RECORDS);
    settledMessages = slot.value(SETTLED_MESSAGES);
    flowsPosition = slot.value(FLOWS_POSITION);
    untoldRecords = slot.value(UNTOLD_RECORDS);
    untoldMessages = slot.value(UNTOLD_MESSAGES);
    untoldDrops = slot.value(UNTOLD_DROPS);
    untoldKilled = slot.value(UNTOLD_KILLED);
    statusPosition = slot.value(STATUS_POSITION);
  }

  /** Nothing of this domain is in Kafka before a position. */
  synchronized void begin(long position) {
    flowsPosition = position;
    statusPosition = position;
    store();
  }

  /** Nothing after the last position is in Kafka but what follows this one. */
  synchronized void flowsContinueAt(long position) {
    flowsPosition = position;
    store();
  }

  Slot slot() {
    return slot;
  }

  synchronized long settledRecords() {
    return settledRecords;
  }

  synchronized long settledMessages() {
    return settledMessages;
  }

  synchronized long untoldRecords() {
    return untoldRecords;
  }

  synchronized long untoldMessages() {
    return untoldMessages;
  }

  synchronized long untoldDrops() {
    return untoldDrops;
  }

  synchronized long untoldKilled() {
    return untoldKilled;
  }

  synchronized long flowsPosition() {
    return flowsPosition;
  }

  synchronized long statusPosition() {
    return statusPosition;
  }

  /** Flow records were decoded on a port that has no slot. */
  synchronized void decoded(long records, long messages) {
    settledRecords -= records;
    settledMessages -= messages;
    store();
  }

  /** Loss was found on a port that has no slot. */
  synchronized void lost(long records, long messages) {
    untoldRecords += records;
    untoldMessages += messages;
    store();
  }

  /** The slot of a port will be released: what it counted is kept here. */
  synchronized void retire(
      long lostRecords, long lostMessages, long decodedRecords, long decodedMessages) {
    untoldRecords += lostRecords;
    untoldMessages += lostMessages;
    settledRecords -= decodedRecords;
    settledMessages -= decodedMessages;
    store();
  }

  /**
   * Kafka has flow records of a batch.
   *
   * @param position behind the batch; 0 if Kafka does not say
   */
  synchronized void stored(long records, long messages, long position) {
    if (noting) {
      notedRecords += records;
      notedMessages += messages;
      notedFlowsPosition = position == 0 ? notedFlowsPosition : position;
      return;
    }
    settledRecords += records;
    settledMessages += messages;
    flowsPosition = position == 0 ? flowsPosition : position;
    store();
  }

  /** Kafka did not take flow records, and they are dropped. */
  synchronized void dropped(long records, long messages) {
    settledRecords += records;
    settledMessages += messages;
    untoldDrops += records;
    store();
  }

  /** Kafka has a status that tells of losses. */
  synchronized void told(long records, long messages, long drops, long killed, long position) {
    if (noting) {
      notedTold += records;
      notedToldMessages += messages;
      notedToldDrops += drops;
      notedToldKilled += killed;
      notedStatusPosition = position == 0 ? notedStatusPosition : position;
      return;
    }
    tell(records, messages, drops, killed);
    statusPosition = position == 0 ? statusPosition : position;
    store();
  }

  private void tell(long records, long messages, long drops, long killed) {
    untoldRecords -= records;
    untoldMessages -= messages;
    untoldDrops -= drops;
    untoldKilled -= killed;
  }

  /**
   * Earlier runs are settled: all that they had under way is either found or lost.
   *
   * @param outstandingRecords flow records they had under way
   * @param outstandingMessages messages those came in
   * @param killedRecords what of the records is lost
   * @param lostRecords to be told as loss: the same records, or 0
   * @param lostMessages to be told as loss: the messages they came in, or 0
   * @param told what statuses of theirs were found to tell
   * @param flowsEnd behind all their batches
   * @param statusEnd behind all their statuses
   * @param movedTo where this run's batches begin, if in another partition; 0 if not
   */
  synchronized void settle(
      long outstandingRecords,
      long outstandingMessages,
      long killedRecords,
      long lostRecords,
      long lostMessages,
      DeliveryTotals told,
      long flowsEnd,
      long statusEnd,
      long movedTo) {
    settledRecords += outstandingRecords + notedRecords;
    settledMessages += outstandingMessages + notedMessages;
    untoldRecords += lostRecords;
    untoldMessages += lostMessages;
    untoldKilled += killedRecords;
    tell(told.lostRecords, told.lostMessages, told.drops, told.killed);
    tell(notedTold, notedToldMessages, notedToldDrops, notedToldKilled);
    if (notedFlowsPosition != 0) {
      flowsPosition = notedFlowsPosition;
    } else {
      flowsPosition = movedTo != 0 ? movedTo : flowsEnd;
    }
    statusPosition = notedStatusPosition != 0 ? notedStatusPosition : statusEnd;
    noting = false;
    store();
  }

  private void store() {
    slot.store(
        settledRecords,
        settledMessages,
        flowsPosition,
        untoldRecords,
        untoldMessages,
        untoldDrops,
        untoldKilled,
        statusPosition);
  }
}
