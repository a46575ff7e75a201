package org.ipv6flow.collector.session;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sequence numbers of all exporters in memory that outlives the process, so that what is
 * sent while the collector is down is known to the record afterwards, however it went down.
 *
 * <p>A mapped file: a store per message and no system call, and the kernel keeps the pages when the
 * process is killed. It does not when the machine fails; then the numbers may be older than what
 * was received, and are not used. One process at a time.
 */
public final class SequenceFile implements Closeable {

  private static final long MAGIC = 0x6970_7636_7365_7132L; // "ipv6seq2"
  private static final int SLOT_BYTES = Slot.LONGS * Long.BYTES;

  /** Ports and domains of all exporters; beyond these loss during an outage is not known. */
  private static final int SLOTS = 32_768;

  private static final int FILE_BYTES = SLOTS * SLOT_BYTES;
  private static final int BOOT_HIGH = 1;
  private static final int BOOT_LOW = 2;
  private static final int CLEAN = 3;
  private static final int INSTANCE = 4;
  private static final int RUN = 5;
  private static final int PARTITIONS = 6;
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final FileChannel channel;
  private final FileLock lock;
  private final MappedByteBuffer memory;
  private final boolean wasClosed;
  private final boolean trusted;
  private final long instance;
  private final long run;
  private final ArrayDeque<Integer> free = new ArrayDeque<>();

  private SequenceFile(FileChannel channel, FileLock lock, MappedByteBuffer memory) {
    this.channel = channel;
    this.lock = lock;
    this.memory = memory;
    UUID boot = bootId();
    boolean sameBoot =
        header(BOOT_HIGH) == boot.getMostSignificantBits()
            && header(BOOT_LOW) == boot.getLeastSignificantBits();
    wasClosed = header(CLEAN) != 0;
    trusted = header(0) == MAGIC && (sameBoot || wasClosed);
    if (!trusted) {
      clear();
    }
    header(0, MAGIC);
    header(BOOT_HIGH, boot.getMostSignificantBits());
    header(BOOT_LOW, boot.getLeastSignificantBits());
    header(CLEAN, 0);
    if (!trusted) {
      header(INSTANCE, UUID.randomUUID().getMostSignificantBits());
    }
    instance = header(INSTANCE);
    run = Math.max(header(RUN) + 1, System.currentTimeMillis());
    header(RUN, run);
    for (int index = SLOTS - 1; index > 0; index--) {
      if (!new Slot(memory, index).isUsed()) {
        free.push(index);
      }
    }
  }

  /**
   * Opens a file, made if there is none; whatever was in it before that is no such file is lost.
   *
   * @throws IOException if it cannot be read or written, or another process uses it
   */
  public static SequenceFile open(Path path) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        throw new IOException(path + ": another collector uses it");
      }
      // Written and not only mapped: a store into a hole of a full disk would end the process.
      long size = channel.size();
      if (size < FILE_BYTES) {
        channel.write(ByteBuffer.allocate((int) (FILE_BYTES - size)), size);
      }
      return new SequenceFile(
          channel, lock, channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Whether what the file held when it was opened was up to date. */
  public boolean isTrusted() {
    return trusted;
  }

  /** Whether the last process that used the file closed it. */
  public boolean wasClosed() {
    return wasClosed;
  }

  /** All slots in use. */
  List<Slot> slots() {
    List<Slot> used = new ArrayList<>();
    for (int index = 1; index < SLOTS; index++) {
      Slot slot = new Slot(memory, index);
      if (slot.isUsed()) {
        used.add(slot);
      }
    }
    return used;
  }

  /** Tells this file from others, such as that of another collector of the same name. */
  long instance() {
    return instance;
  }

  /** The number of this run of the collector; it is about when it began. */
  long run() {
    return run;
  }

  /** Partitions of the flows topic when that was last told; 0 if it never was. */
  long partitions() {
    return header(PARTITIONS);
  }

  void partitions(long count) {
    header(PARTITIONS, count);
  }

  /** A slot for a port; null if none is left. */
  @Nullable Slot allocatePort(ObservationDomain domain, int sourcePort) {
    Slot slot = allocate();
    if (slot != null) {
      slot.usePort(
          domain.exporterHigh(),
          domain.exporterLow(),
          domain.domainId(),
          domain.protocolVersion(),
          sourcePort);
    }
    return slot;
  }

  /** A slot for the account of a domain; null if none is left. */
  @Nullable Slot allocateAccount(ObservationDomain domain) {
    Slot slot = allocate();
    if (slot != null) {
      slot.useAccount(
          domain.exporterHigh(), domain.exporterLow(), domain.domainId(), domain.protocolVersion());
    }
    return slot;
  }

  private synchronized @Nullable Slot allocate() {
    Integer index = free.poll();
    return index == null ? null : new Slot(memory, index);
  }

  synchronized void release(Slot slot) {
    slot.clear();
    free.push(slot.index());
  }

  /** Ends a run in good order: the file is on the disk, and can be used after a reboot. */
  @Override
  public synchronized void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    header(CLEAN, 1);
    memory.force();
    lock.release();
    channel.close();
  }

  private void clear() {
    for (int at = 0; at < FILE_BYTES; at += Long.BYTES) {
      memory.putLong(at, 0);
    }
  }

  private long header(int index) {
    return memory.order(ByteOrder.nativeOrder()).getLong(index * Long.BYTES);
  }

  private void header(int index, long value) {
    memory.order(ByteOrder.nativeOrder()).putLong(index * Long.BYTES, value);
  }

  private static UUID bootId() {
    try {
      return UUID.fromString(Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip());
    } catch (IOException | IllegalArgumentException e) {
      // Not Linux: a crash of the machine cannot be told from one of the process.
      return UUID.randomUUID();
    }
  }
}
