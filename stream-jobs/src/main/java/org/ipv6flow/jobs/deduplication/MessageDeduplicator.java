package org.ipv6flow.jobs.deduplication;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * Tells which messages of a batch were counted before. A message is known by exporter, observation
 * domain, sequence number and export time (the fields of RFC 7011 §3.1 and RFC 3954 §5.1 that two
 * collectors read alike), and belongs to the collector from which it came first:
 *
 * <ul>
 *   <li>From another collector it is a repetition, whatever part of it comes.
 *   <li>From the same collector it is one if its content is that of the message, or of another part
 *       of it that was counted. Otherwise it is a part that was not counted yet: of a message that
 *       was too long for one batch, or of which some sets waited for their template. Or its
 *       exporter does not count.
 *   <li>Exporters that do not count send 0: there, the content is part of what it is known by.
 * </ul>
 *
 * <p>Messages are kept in two generations of bounded size; when the younger is full, the older is
 * forgotten. So each is remembered for at least as many others as a generation holds. Both copies
 * must come to one instance: the partition of a message goes by exporter and domain alone. Not
 * thread-safe.
 */
public final class MessageDeduplicator {

  /** 16 octets each, in tables that are at most half full, twice: 8 MB. */
  public static final int DEFAULT_MESSAGES = 1 << 17;

  private static final byte STATE_VERSION = 1;

  private final int capacity;
  private Generation young;
  private Generation old;

  /**
   * @param messages at least so many are remembered
   */
  public MessageDeduplicator(int messages) {
    if (messages < 1 || messages > 1 << 24) {
      throw new IllegalArgumentException(
          "%d messages (expected: 1 to %d)".formatted(messages, 1 << 24));
    }
    capacity = messages;
    young = new Generation();
    old = new Generation();
  }

  /**
   * Whether a message was counted before; remembers it if not.
   *
   * @param from its first record in the batch
   * @param to after its last record
   */
  public boolean isRepeated(FlowColumns batch, int message, int from, int to) {
    int content = content(batch, from, to);
    long fingerprint = fingerprint(batch, message, content);
    long known = young.find(fingerprint);
    if (known == Generation.NONE) {
      known = old.find(fingerprint);
    }
    int collector = (int) (batch.collector ^ batch.collector >>> 32);
    if (known == Generation.NONE) {
      remember(fingerprint, value(collector, content));
      return false;
    }
    if ((int) (known >>> 32) != collector || (int) known == content) {
      return true;
    }
    // Further parts are rare: each is remembered beside the message, as if it were one.
    long part = mix(fingerprint ^ mix(content));
    if (young.find(part) != Generation.NONE || old.find(part) != Generation.NONE) {
      return true;
    }
    remember(part, value(collector, content));
    return false;
  }

  /** Messages that are remembered. */
  public int size() {
    return young.size + old.size;
  }

  /**
   * Everything that is remembered. Version 1: version (1 octet), number of messages (4 octets); of
   * each, the oldest first, fingerprint and value (8 octets each).
   */
  public byte[] state() throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(8 + 16 * size());
    DataOutputStream out = new DataOutputStream(octets);
    out.writeByte(STATE_VERSION);
    out.writeInt(size());
    old.write(out);
    young.write(out);
    return octets.toByteArray();
  }

  /** Adds what {@link #state} wrote; any number of instances may read the same. */
  public void restore(byte[] state) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
    int version = in.readByte();
    if (version != STATE_VERSION) {
      throw new IOException("remembered messages of version %d (expected: 1)".formatted(version));
    }
    for (int messages = in.readInt(); messages > 0; messages--) {
      long fingerprint = in.readLong();
      long value = in.readLong();
      if (young.find(fingerprint) == Generation.NONE && old.find(fingerprint) == Generation.NONE) {
        remember(fingerprint, value);
      }
    }
  }

  private void remember(long fingerprint, long value) {
    if (young.size == capacity) {
      Generation forgotten = old;
      old = young;
      young = forgotten;
      young.clear();
    }
    young.put(fingerprint, value);
  }

  private static long value(int collector, int content) {
    long value = (long) collector << 32 | content & 0xFFFF_FFFFL;
    return value == Generation.NONE ? 1 : value;
  }

  /** Sixty-four bits: among ten million messages, two are alike with a chance of 1 : 400 000. */
  private static long fingerprint(FlowColumns batch, int message, int content) {
    int source = batch.messageSource[message];
    int sequence = batch.messageSequenceNumber[message];
    long mixed = mix(batch.sourceExporterHigh[source]);
    mixed = mix(mixed ^ batch.sourceExporterLow[source]);
    mixed = mix(mixed ^ (long) batch.sourceDomain[source] << 32 ^ sequence & 0xFFFF_FFFFL);
    mixed = mix(mixed ^ batch.messageExportTimeMillis[message]);
    return sequence == 0 ? mix(mixed ^ content) : mixed;
  }

  /** Of the first and the last record, and their number. Never 0. */
  private static int content(FlowColumns batch, int from, int to) {
    if (from == to) {
      return 1;
    }
    long mixed = mix(record(batch, from) + to - from);
    mixed = mix(mixed ^ record(batch, to - 1));
    return (int) (mixed >>> 32) | 1;
  }

  private static long record(FlowColumns batch, int i) {
    long mixed = batch.sourceAddressLow[i] * 31 + batch.destinationAddressLow[i];
    mixed = mixed * 31 + batch.sourceAddressHigh[i];
    mixed = mixed * 31 + batch.destinationAddressHigh[i];
    mixed = mixed * 31 + batch.sourcePort[i];
    mixed = mixed * 31 + batch.destinationPort[i];
    mixed = mixed * 31 + batch.octets[i];
    return mixed * 31 + batch.ingressInterface[i];
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ mixed >>> 31;
  }

  /** Fingerprints and values in open addressing. */
  private static final class Generation {

    /** No value is 0. */
    static final long NONE = 0;

    private static final int INITIAL_SLOTS = 1 << 10;

    private long[] entries = new long[2 * INITIAL_SLOTS];
    private int size;

    long find(long fingerprint) {
      int mask = entries.length / 2 - 1;
      int slot = (int) fingerprint & mask;
      while (entries[2 * slot + 1] != NONE) {
        if (entries[2 * slot] == fingerprint) {
          return entries[2 * slot + 1];
        }
        slot = slot + 1 & mask;
      }
      return NONE;
    }

    /** Adds what is not in it. */
    void put(long fingerprint, long value) {
      if (4 * (size + 1) > entries.length) {
        grow();
      }
      insert(fingerprint, value);
      size++;
    }

    void clear() {
      Arrays.fill(entries, 0);
      size = 0;
    }

    void write(DataOutputStream out) throws IOException {
      for (int slot = 0; slot < entries.length; slot += 2) {
        if (entries[slot + 1] != NONE) {
          out.writeLong(entries[slot]);
          out.writeLong(entries[slot + 1]);
        }
      }
    }

    private void insert(long fingerprint, long value) {
      int mask = entries.length / 2 - 1;
      int slot = (int) fingerprint & mask;
      while (entries[2 * slot + 1] != NONE) {
        slot = slot + 1 & mask;
      }
      entries[2 * slot] = fingerprint;
      entries[2 * slot + 1] = value;
    }

    private void grow() {
      long[] before = entries;
      entries = new long[2 * before.length];
      for (int slot = 0; slot < before.length; slot += 2) {
        if (before[slot + 1] != NONE) {
          insert(before[slot], before[slot + 1]);
        }
      }
    }
  }
}
