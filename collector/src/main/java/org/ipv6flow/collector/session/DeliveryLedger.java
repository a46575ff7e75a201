package org.ipv6flow.collector.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of all exporters' domains: which decoded flow records are in Kafka, and which losses
 * have been told.
 *
 * <p>Outlives the process, like the sequence numbers. What was under way when a run ended is looked
 * for in Kafka by the next one, and is lost only if it is not there ({@link #settle}); see
 * docs/decisions/0043. Thread-safe.
 */
public final class DeliveryLedger {

  private static final int NETFLOW_9 = 9;

  /**
   * What of an earlier run's losses must be told.
   *
   * @param lostRecords data records (IPFIX, v5), those that were under way among them
   * @param lostMessages messages (v9), the same
   * @param droppedRecords flow records that Kafka did not take
   * @param killedRecords flow records that were under way when a run was killed
   */
  public record Owed(
      long exporterHigh,
      long exporterLow,
      int observationDomainId,
      int protocolVersion,
      long lostRecords,
      long lostMessages,
      long droppedRecords,
      long killedRecords) {

    boolean isNothing() {
      return (lostRecords | lostMessages | droppedRecords | killedRecords) == 0;
    }
  }

  /** Mutable, so that looking up allocates nothing. */
  private static final class Key {
    private long high;
    private long low;
    private int domainId;

    Key set(long exporterHigh, long exporterLow, int id) {
      high = exporterHigh;
      low = exporterLow;
      domainId = id;
      return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && key.low == low
          && key.domainId == domainId
          && key.high == high;
    }

    @Override
    public int hashCode() {
      return Long.hashCode((high * 31 + low) * 31 + domainId);
    }
  }

  /** What earlier runs left behind of one domain. */
  private static final class Earlier {
    final DeliveryAccount account;
    DeliveryTotals found = new DeliveryTotals();
    long outstandingRecords;
    long outstandingMessages;
    long untoldRecords;
    long untoldMessages;
    final long untoldDrops;
    final long untoldKilled;

    Earlier(DeliveryAccount account) {
      this.account = account;
      outstandingRecords = -account.settledRecords();
      outstandingMessages = -account.settledMessages();
      untoldRecords = account.untoldRecords();
      untoldMessages = account.untoldMessages();
      untoldDrops = account.untoldDrops();
      untoldKilled = account.untoldKilled();
    }

    boolean hasOutstanding() {
      return outstandingRecords != 0 || outstandingMessages != 0;
    }

    boolean hasUntold() {
      return (untoldRecords | untoldMessages | untoldDrops | untoldKilled) != 0;
    }
  }

  private final SequenceFile file;
  private final Map<Key, DeliveryAccount> accounts = new HashMap<>();
  private final Map<Key, Earlier> earlier = new HashMap<>();
  private final Key probe = new Key();

  /** Whether domains are in other partitions than in earlier runs. */
  private boolean moved;

  DeliveryLedger(SequenceFile file) {
    this.file = file;
  }

  /** Which file this is; batches say so, to be told from those of other collectors. */
  public long instance() {
    return file.instance();
  }

  /** This run of the collector: later runs have greater numbers. */
  public long run() {
    return file.run();
  }

  /** Takes over an account of earlier runs, to be settled. */
  synchronized void restore(Slot slot) {
    DeliveryAccount account = new DeliveryAccount(slot, true);
    Key key = new Key().set(slot.exporterHigh(), slot.exporterLow(), slot.domainId());
    accounts.put(key, account);
    earlier.put(key, new Earlier(account));
  }

  /** A port of earlier runs goes on; what it counted belongs to the account of its domain. */
  synchronized void restorePort(Slot port, PortState state) {
    Earlier left = earlier.get(probe.set(port.exporterHigh(), port.exporterLow(), port.domainId()));
    if (left != null) {
      left.outstandingRecords += state.flowRecords();
      left.outstandingMessages += state.flowMessages();
      left.untoldRecords += state.missingRecords();
      left.untoldMessages += state.missingMessages();
    }
  }

  /** Forgets the account of an exporter that is gone. */
  synchronized void release(DeliveryAccount account) {
    Slot slot = account.slot();
    probe.set(slot.exporterHigh(), slot.exporterLow(), slot.domainId());
    accounts.remove(probe);
    earlier.remove(probe);
    file.release(slot);
  }

  /** All accounts that were restored. */
  synchronized List<DeliveryAccount> accounts() {
    return new ArrayList<>(accounts.values());
  }

  /** Everything is restored; if nothing is left to settle, that is all. */
  synchronized void restored() {
    if (isSettled()) {
      settle();
    }
  }

  /** The account of a domain, opened if it is new; null if the file is full. */
  synchronized @Nullable DeliveryAccount open(ObservationDomain domain) {
    DeliveryAccount present = find(domain.exporterHigh(), domain.exporterLow(), domain.domainId());
    if (present != null) {
      return present;
    }
    Slot slot = file.allocateAccount(domain);
    if (slot == null) {
      return null;
    }
    DeliveryAccount opened = new DeliveryAccount(slot, false);
    opened.begin(KafkaPosition.beforeRun(run()));
    accounts.put(
        new Key().set(domain.exporterHigh(), domain.exporterLow(), domain.domainId()), opened);
    return opened;
  }

  private @Nullable DeliveryAccount find(long high, long low, int domainId) {
    return accounts.get(probe.set(high, low, domainId));
  }

  /** How many partitions the flows topic had when that was last known; 0 if it never was. */
  public int partitions() {
    return (int) file.partitions();
  }

  /**
   * Tells how many partitions the flows topic has, on which depends which one a domain is in; to be
   * called before anything is published.
   */
  public synchronized void partitions(int count) {
    moved = file.partitions() != count;
    file.partitions(count);
    if (moved && earlier.isEmpty()) {
      accounts.values().forEach(this::move);
    }
  }

  private void move(DeliveryAccount account) {
    account.flowsContinueAt(KafkaPosition.beforeRun(run()));
  }

  /** Kafka has flow records of a domain. */
  public synchronized void stored(
      long exporterHigh,
      long exporterLow,
      int domainId,
      long records,
      long messages,
      long position) {
    DeliveryAccount account = find(exporterHigh, exporterLow, domainId);
    if (account != null) {
      account.stored(records, messages, position);
    }
  }

  /** Flow records of a domain were dropped, since Kafka did not take them. */
  public synchronized void dropped(
      long exporterHigh, long exporterLow, int domainId, long records, long messages) {
    DeliveryAccount account = find(exporterHigh, exporterLow, domainId);
    if (account != null) {
      account.dropped(records, messages);
    }
  }

  /** Kafka has a status of a domain. */
  public synchronized void told(
      long exporterHigh,
      long exporterLow,
      int domainId,
      long lostRecords,
      long lostMessages,
      long droppedRecords,
      long killedRecords,
      long position) {
    DeliveryAccount account = find(exporterHigh, exporterLow, domainId);
    if (account != null) {
      account.told(lostRecords, lostMessages, droppedRecords, killedRecords, position);
    }
  }

  /** Whether it is known what became of all that earlier runs decoded and lost. */
  public synchronized boolean isSettled() {
    return earlier.values().stream().noneMatch(left -> left.hasOutstanding() || left.hasUntold());
  }

  /** Begins to look for what earlier runs have in Kafka; what was found before is forgotten. */
  public synchronized void beginSearch() {
    earlier.values().forEach(left -> left.found = new DeliveryTotals());
  }

  /** Where in a partition of the flows topic to begin to look; -1 for nowhere. */
  public synchronized long flowsFrom(int partition) {
    return firstOffset(flowsPositions(), partition);
  }

  /** The start of the first run of which anything may be in any partition; 0 if there is none. */
  public synchronized long flowsSinceMillis() {
    return firstRun(flowsPositions());
  }

  /** Where in a partition of the status topic to begin to look; -1 for nowhere. */
  public synchronized long statusesFrom(int partition) {
    return firstOffset(statusPositions(), partition);
  }

  public synchronized long statusesSinceMillis() {
    return firstRun(statusPositions());
  }

  private LongStream flowsPositions() {
    return earlier.values().stream()
        .filter(Earlier::hasOutstanding)
        .mapToLong(left -> left.account.flowsPosition());
  }

  private LongStream statusPositions() {
    return earlier.values().stream()
        .filter(Earlier::hasUntold)
        .mapToLong(left -> left.account.statusPosition());
  }

  private static long firstOffset(LongStream positions, int partition) {
    return positions
        .filter(at -> !KafkaPosition.isBeforeRun(at) && KafkaPosition.partition(at) == partition)
        .map(KafkaPosition::offset)
        .min()
        .orElse(-1);
  }

  private static long firstRun(LongStream positions) {
    return positions.filter(KafkaPosition::isBeforeRun).map(KafkaPosition::run).min().orElse(0);
  }

  /** Flow records of an earlier run were found in Kafka. */
  public synchronized void foundFlows(
      int partition,
      long offset,
      long run,
      long exporterHigh,
      long exporterLow,
      int domainId,
      long records,
      long messages) {
    Earlier left = earlier.get(probe.set(exporterHigh, exporterLow, domainId));
    if (left != null
        && KafkaPosition.isBehind(left.account.flowsPosition(), partition, offset, run)) {
      left.found.records += records;
      left.found.messages += messages;
      left.found.flowsEnd = KafkaPosition.after(partition, offset);
    }
  }

  /** A status of an earlier run was found in Kafka. */
  public synchronized void foundStatus(
      int partition,
      long offset,
      long run,
      long exporterHigh,
      long exporterLow,
      int domainId,
      long lostRecords,
      long lostMessages,
      long droppedRecords,
      long killedRecords) {
    Earlier left = earlier.get(probe.set(exporterHigh, exporterLow, domainId));
    if (left != null
        && KafkaPosition.isBehind(left.account.statusPosition(), partition, offset, run)) {
      left.found.lostRecords += lostRecords;
      left.found.lostMessages += lostMessages;
      left.found.drops += droppedRecords;
      left.found.killed += killedRecords;
      left.found.statusEnd = KafkaPosition.after(partition, offset);
    }
  }

  /** All of earlier runs that is in Kafka has been found: the rest is lost, and must be told. */
  public synchronized List<Owed> settle() {
    List<Owed> owed = new ArrayList<>();
    for (Earlier left : earlier.values()) {
      Owed due = settle(left);
      if (!due.isNothing()) {
        owed.add(due);
      }
    }
    earlier.clear();
    return owed;
  }

  private Owed settle(Earlier left) {
    DeliveryTotals found = left.found;
    DeliveryAccount account = left.account;
    Slot slot = account.slot();
    boolean messages = slot.protocolVersion() == NETFLOW_9;
    long killed = Math.max(left.outstandingRecords - found.records, 0);
    long lostMessages = messages ? Math.max(left.outstandingMessages - found.messages, 0) : 0;
    long lostRecords = messages ? 0 : killed;
    account.settle(
        left.outstandingRecords,
        left.outstandingMessages,
        killed,
        lostRecords,
        lostMessages,
        found,
        found.flowsEnd == 0 ? account.flowsPosition() : found.flowsEnd,
        found.statusEnd == 0 ? account.statusPosition() : found.statusEnd,
        moved ? KafkaPosition.beforeRun(run()) : 0);
    return new Owed(
        slot.exporterHigh(),
        slot.exporterLow(),
        slot.domainId(),
        slot.protocolVersion(),
        Math.max(left.untoldRecords - found.lostRecords + lostRecords, 0),
        Math.max(left.untoldMessages - found.lostMessages + lostMessages, 0),
        Math.max(left.untoldDrops - found.drops, 0),
        Math.max(left.untoldKilled - found.killed + killed, 0));
  }
}
