package org.ipv6flow.collector.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings the sequence numbers that a file holds into a store. */
final class RestoredSequences {

  /** Exporters that were silent for longer are gone, or have lost count. */
  private static final Duration MAX_AGE = Duration.ofDays(7);

  private record Key(long high, long low, int domainId, int protocolVersion) {
    static Key of(SequenceSlot slot) {
      return new Key(
          slot.exporterHigh(), slot.exporterLow(), slot.domainId(), slot.protocolVersion());
    }
  }

  /** The slots of one domain. */
  private static final class Slots {
    @Nullable SequenceSlot whole;
    final List<SequenceSlot> ports = new ArrayList<>();
  }

  private final SequenceFile file;
  private final long oldestMillis;

  RestoredSequences(SequenceFile file, long nowMillis) {
    this.file = file;
    oldestMillis = nowMillis - MAX_AGE.toMillis();
  }

  /** Returns the number of ports restored. */
  int into(SessionStore store) {
    Map<Key, Slots> domains = new LinkedHashMap<>();
    for (SequenceSlot slot : file.slots()) {
      Slots slots = domains.computeIfAbsent(Key.of(slot), key -> new Slots());
      if (slot.isWholeDomain()) {
        slots.whole = slot;
      } else {
        slots.ports.add(slot);
      }
    }
    int restored = 0;
    for (Map.Entry<Key, Slots> domain : domains.entrySet()) {
      restored += restore(store, domain.getKey(), domain.getValue());
    }
    return restored;
  }

  private int restore(SessionStore store, Key key, Slots slots) {
    SequenceSlot whole = slots.whole;
    List<SequenceSlot> live = new ArrayList<>();
    for (SequenceSlot port : slots.ports) {
      SequenceSlot.State state = port.state();
      if (whole != null && state.lastMillis() >= oldestMillis) {
        live.add(port);
        continue;
      }
      if (whole != null) {
        whole.addRetired(state.missingRecords(), state.missingMessages());
      }
      file.release(port);
    }
    if (whole == null) {
      return 0;
    }
    ObservationDomain domain =
        live.isEmpty() ? null : store.domain(key.high, key.low, key.domainId, key.protocolVersion);
    if (domain == null) {
      file.release(whole);
      live.forEach(file::release);
      return 0;
    }
    long records = whole.retiredRecords() - whole.reportedRecords();
    long messages = whole.retiredMessages() - whole.reportedMessages();
    List<PortSession> ports = new ArrayList<>();
    for (SequenceSlot port : live) {
      SequenceSlot.State state = port.state();
      records += state.missingRecords();
      messages += state.missingMessages();
      ports.add(PortSession.restore(port, state));
    }
    domain.restoreSequences(whole, ports, records, messages);
    return ports.size();
  }
}
