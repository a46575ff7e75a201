package org.ipv6flow.collector.decode;

import static org.ipv6flow.collector.message.Octets.i32;
import static org.ipv6flow.collector.message.Octets.u16;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.ipv6flow.collector.ipfix.IpfixHeader;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.netflow5.Netflow5Header;
import org.ipv6flow.collector.netflow9.Netflow9Header;
import org.ipv6flow.collector.sender.Sender;
import org.ipv6flow.collector.sender.SenderTable;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.session.DomainSession;
import org.ipv6flow.collector.session.MessageUnits;
import org.ipv6flow.collector.session.SessionTable;
import org.jspecify.annotations.Nullable;

/**
 * Decodes datagrams of NetFlow v5, v9 and IPFIX exporters into flow columns.
 *
 * <p>One per event loop; not thread-safe, except that counters may be read from any thread. State
 * of exporters is in the {@link DecoderState} that all decoders of a collector share.
 */
public final class ExportDecoder {

  private static final int MAX_DATAGRAM_OCTETS = 65_535;
  private static final int VERSION_OCTETS = 2;

  /** The version of an sFlow datagram has 32 bits; 5 is the only one in use. */
  private static final int SFLOW_VERSION = 5;

  private static final int SFLOW_VERSION_OCTETS = 4;

  /** Counters without a domain: of datagrams that could not be attributed to any. */
  private final DecodeCounters unattributed = new DecodeCounters();

  private final DecodeCounters totals = new DecodeCounters();
  private final DecoderState state;
  private final SessionTable sessions;
  private final SenderTable senders;
  private final boolean limitsSenders;
  private final Notices notices = new Notices();
  private final MessageSets sets;
  private final ExportMessage message = new ExportMessage();
  private final MessageUnits units = new MessageUnits();
  private final byte[] copy = new byte[MAX_DATAGRAM_OCTETS];

  public ExportDecoder(DecoderState state, BatchSink sink) {
    this(state, sink, null);
  }

  /** A decoder that tells a listener what it decodes. */
  public ExportDecoder(DecoderState state, BatchSink sink, @Nullable DecodeListener listener) {
    this.state = state;
    sessions = new SessionTable(state.sessions(), state.samplingOverrides(), totals);
    senders = new SenderTable(state.senders());
    limitsSenders = senders.isNeeded();
    sets = new MessageSets(state.limits(), sink, listener, units);
  }

  /**
   * Decodes one datagram; whatever is in it, the outcome is records in the sink's batches and
   * counts, never an exception.
   *
   * @param datagram the UDP payload; its indices are not moved, the caller keeps ownership
   * @param exporterHigh high half of the exporter's address; IPv4 is IPv4-mapped
   * @param receiveTimeMillis when it was received, in milliseconds since the epoch
   */
  public void decode(
      ByteBuf datagram,
      long exporterHigh,
      long exporterLow,
      int sourcePort,
      long receiveTimeMillis) {
    int octets = Math.min(datagram.readableBytes(), MAX_DATAGRAM_OCTETS);
    byte[] data;
    int from;
    if (datagram.hasArray()) {
      data = datagram.array();
      from = datagram.arrayOffset() + datagram.readerIndex();
    } else {
      // One copy into an array that stays in the cache is cheaper than a bounds check per field.
      data = copy;
      from = 0;
      datagram.getBytes(datagram.readerIndex(), copy, 0, octets);
    }
    message.sourcePort = sourcePort;
    message.receiveTimeMillis = receiveTimeMillis;
    if (!limitsSenders) {
      decode(data, from, octets, exporterHigh, exporterLow);
      return;
    }
    Sender sender = senders.find(exporterHigh, exporterLow);
    DropReason refused = refusal(sender, exporterHigh, exporterLow, receiveTimeMillis);
    if (refused != null) {
      refuse(refused, octets, sender);
      notices.refused(exporterHigh, exporterLow, refused, receiveTimeMillis);
      return;
    }
    boolean malformed = decode(data, from, octets, exporterHigh, exporterLow);
    if (sender != null && sender.message(malformed, receiveTimeMillis)) {
      notices.quarantined(exporterHigh, exporterLow, receiveTimeMillis);
    }
  }

  private @Nullable DropReason refusal(
      @Nullable Sender sender, long high, long low, long nowMillis) {
    if (sender != null) {
      return sender.refusal(nowMillis);
    }
    return senders.allows(high, low) ? null : DropReason.SENDER_NOT_ALLOWED;
  }

  /** Counts a datagram that is not decoded, if possible with its sender. */
  private void refuse(DropReason reason, int octets, @Nullable Sender sender) {
    DecodeCounters counters = unattributed;
    if (sender != null) {
      DecodeCounters own = sender.counters();
      counters = own == null ? new DecodeCounters() : own;
      sender.counters(counters);
    }
    refuse(reason, octets, counters);
  }

  /** Whether an address may send at all; for transports that ask before they listen. */
  public boolean allows(long exporterHigh, long exporterLow) {
    return senders.allows(exporterHigh, exporterLow);
  }

  /** Decodes a message; tells whether anything in it is malformed. */
  private boolean decode(byte[] data, int from, int octets, long exporterHigh, long exporterLow) {
    DropReason refused = readHeader(data, from, octets);
    DomainSession session = null;
    if (refused == null) {
      session = sessions.find(exporterHigh, exporterLow, message);
      if (session == null) {
        refused = sessions.refusal(exporterHigh, exporterLow);
      }
    }
    if (refused != null || session == null) {
      DropReason reason = refused == null ? DropReason.TOO_MANY_DOMAINS : refused;
      refuse(reason, octets, unattributed);
      return reason.isMalformed();
    }
    session.count(Counter.DATAGRAMS, 1);
    session.count(Counter.DATAGRAM_OCTETS, octets);
    session.onMessage(message);
    units.clear();
    units.dataRecords =
        message.protocolVersion == Netflow5Header.VERSION
            ? sets.decodeNetflow5(session, message, data, from, from + octets)
            : sets.decode(session, message, data, setsFrom(from), setsEnd(data, from, octets));
    session.onSequence(message, units);
    session.count(Counter.DATAGRAMS_DECODED, 1);
    return session.takeMalformed();
  }

  private @Nullable DropReason readHeader(byte[] data, int from, int octets) {
    if (octets < VERSION_OCTETS) {
      return DropReason.DATAGRAM_TOO_SHORT;
    }
    switch (u16(data, from)) {
      case IpfixHeader.VERSION -> {
        if (octets < IpfixHeader.OCTETS) {
          return DropReason.DATAGRAM_TOO_SHORT;
        }
        if (IpfixHeader.length(data, from) < IpfixHeader.OCTETS) {
          return DropReason.MESSAGE_LENGTH_INVALID;
        }
        IpfixHeader.read(data, from, message);
        return null;
      }
      case Netflow9Header.VERSION -> {
        if (octets < Netflow9Header.OCTETS) {
          return DropReason.DATAGRAM_TOO_SHORT;
        }
        Netflow9Header.read(data, from, message);
        return null;
      }
      case Netflow5Header.VERSION -> {
        if (octets < Netflow5Header.OCTETS) {
          return DropReason.DATAGRAM_TOO_SHORT;
        }
        Netflow5Header.read(data, from, message);
        return null;
      }
      default -> {
        boolean sflow = octets >= SFLOW_VERSION_OCTETS && i32(data, from) == SFLOW_VERSION;
        return sflow ? DropReason.SFLOW : DropReason.UNSUPPORTED_VERSION;
      }
    }
  }

  private int setsFrom(int from) {
    return from
        + (message.protocolVersion == IpfixHeader.VERSION
            ? IpfixHeader.OCTETS
            : Netflow9Header.OCTETS);
  }

  /** An IPFIX message says how long it is; a NetFlow v9 packet ends with its datagram. */
  private int setsEnd(byte[] data, int from, int octets) {
    return from
        + (message.protocolVersion == IpfixHeader.VERSION
            ? Math.min(octets, IpfixHeader.length(data, from))
            : octets);
  }

  private void refuse(DropReason reason, int octets, DecodeCounters where) {
    for (DecodeCounters counters : List.of(where, totals)) {
      counters.add(Counter.DATAGRAMS, 1);
      counters.add(Counter.DATAGRAM_OCTETS, octets);
      counters.drop(reason, 1);
    }
  }

  /**
   * Gives up what has waited too long: held data sets, expired templates, gaps in sequences. To be
   * called about once a second by the thread that decodes.
   */
  public void tick(long nowMillis) {
    for (DomainSession session : sessions.all()) {
      session.expire(nowMillis, state.limits());
    }
  }

  /**
   * Ends a session of a transport that has connections: what was announced on it no longer holds.
   *
   * @param connection its number, in place of a source port
   */
  public void closeConnection(int connection) {
    for (DomainSession session : sessions.all()) {
      session.closeConnection(connection);
    }
  }

  /** Gives up everything that still waits, at the end; so that all that was received is counted. */
  public void close() {
    for (DomainSession session : sessions.all()) {
      session.close();
    }
  }

  /** Counts of everything this decoder received; may be read from any thread. */
  public DecodeCounters totals() {
    return totals;
  }

  /** Counts of datagrams that belong to no observation domain; may be read from any thread. */
  public DecodeCounters unattributed() {
    return unattributed;
  }

  /** Those whose datagrams may have been refused; may be called from any thread. */
  public List<Sender> senders() {
    return senders.all();
  }

  /** The observation domains this decoder has seen; may be called from any thread. */
  public List<DomainSession> sessions() {
    return sessions.all();
  }
}
