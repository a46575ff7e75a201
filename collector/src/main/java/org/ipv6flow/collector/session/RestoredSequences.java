package org.ipv6flow.collector.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings the accounts and sequence numbers that a file holds into a store. */
final class RestoredSequences {

  /** Exporters that were silent for longer are gone, or have lost count. */
  private static final Duration MAX_AGE = Duration.ofDays(7);

  private record Key(long high, long low, int domainId) {
    static Key of(Slot slot) {
      return new Key(slot.exporterHigh(), slot.exporterLow(), slot.domainId());
    }
  }

  /** The slots of one domain. */
  private static final class Slots {
    @Nullable Slot account;
    final List<Slot> ports = new ArrayList<>();
  }

  private final SequenceFile file;
  private final DeliveryLedger ledger;
  private final long oldestMillis;

  RestoredSequences(SequenceFile file, DeliveryLedger ledger, long nowMillis) {
    this.file = file;
    this.ledger = ledger;
    oldestMillis = nowMillis - MAX_AGE.toMillis();
  }

  /** Returns the number of ports restored. */
  int into(SessionStore store) {
    Map<Key, Slots> domains = new LinkedHashMap<>();
    for (Slot slot : file.slots()) {
      Slots slots = domains.computeIfAbsent(Key.of(slot), key -> new Slots());
      if (slot.isAccount()) {
        slots.account = slot;
      } else {
        slots.ports.add(slot);
      }
    }
    int restored = 0;
    for (Slots slots : domains.values()) {
      restored += restore(store, slots);
    }
    ledger.restored();
    return restored;
  }

  private int restore(SessionStore store, Slots slots) {
    Slot account = slots.account;
    boolean heard =
        slots.ports.stream().anyMatch(port -> PortState.read(port).lastMillis() >= oldestMillis);
    if (account == null || !heard) {
      slots.ports.forEach(file::release);
      if (account != null) {
        file.release(account);
      }
      return 0;
    }
    List<Slot> live = new ArrayList<>();
    for (Slot port : slots.ports) {
      PortState state = PortState.read(port);
      if (state.lastMillis() >= oldestMillis) {
        live.add(port);
        continue;
      }
      new DeliveryAccount(account, true)
          .retire(
              state.missingRecords(),
              state.missingMessages(),
              state.flowRecords(),
              state.flowMessages());
      file.release(port);
    }
    int restored = 0;
    ledger.restore(account);
    for (Slot port : live) {
      PortState state = PortState.read(port);
      ObservationDomain domain =
          store.domain(
              port.exporterHigh(), port.exporterLow(), port.domainId(), port.protocolVersion());
      ledger.restorePort(port, state);
      if (domain != null) {
        domain.restorePort(port, state);
        restored++;
      }
    }
    return restored;
  }
}
