package org.ipv6flow.collector.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.ipv6flow.collector.fuzz.Steps.TooManyStepsError;
import org.ipv6flow.collector.message.DropReason.Level;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.testing.Accounting;
import org.ipv6flow.collector.testing.TestCollector;

/** Decodes mutated datagrams of a few exporters, and checks each of them. */
public final class DatagramMutations implements MutationRun {

  /** What a datagram may cost however short it is: an exporter's state, or a batch that is full. */
  private static final long FIXED_STEPS = 60_000;

  /** A record may have one octet, and takes that many steps until Kafka's readers have it. */
  private static final long STEPS_PER_OCTET = 64;

  private static final long FIXED_BYTES = 512 << 10;
  private static final long BYTES_PER_OCTET = 512;

  private static final int EXPORTERS = 4;
  private static final int PORTS = 12;
  private static final int CONNECTIONS = 4;
  private static final int TICK_DATAGRAMS = 1_000;

  /** Datagrams in which classes are loaded, which allocates. */
  private static final int WARM_UP_DATAGRAMS = 4_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private DecoderUnderTest decoder = new DecoderUnderTest();
  private long nowMillis = TestCollector.NOW_MILLIS;
  private long octets;
  private long steps;
  private long maxSteps;
  private double maxStepsPerOctet;
  private long allocated;
  private long maxAllocated;

  /** Octets that may wait for their template: decoding them is not the fault of who brings it. */
  private long heldOctets;

  private boolean isWarm;

  @Override
  public Report run(long datagrams, long seed) {
    decode(WARM_UP_DATAGRAMS, seed + 1);
    decoder = new DecoderUnderTest();
    octets = 0;
    steps = 0;
    allocated = 0;
    heldOctets = 0;
    isWarm = true;
    long heapEarly = decode(datagrams, seed);
    long heapLate = heapInUse();
    decoder.finish();
    return report(heapEarly, heapLate);
  }

  /** Decodes datagrams; returns the heap in use after half of them. */
  private long decode(long datagrams, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Mutator mutator = new Mutator(Seeds.messages(), random);
    long heapEarly = 0;
    for (long i = 0; i < datagrams; i++) {
      byte[] datagram = mutator.next();
      nowMillis += random.nextInt(4);
      int exporter = random.nextInt(EXPORTERS);
      try {
        decode(datagram, exporter, port(random));
        if (i % TICK_DATAGRAMS == 0) {
          decoder.decoder().tick(nowMillis);
          decoder.decoder().closeConnection(connection(random));
        }
        Accounting.check(decoder.counters());
      } catch (RuntimeException | AssertionError | TooManyStepsError e) {
        throw new AssertionError(failure(i, seed, datagram), e);
      }
      if (i == datagrams / 2) {
        heapEarly = heapInUse();
      }
    }
    return heapEarly;
  }

  private static int port(SplittableRandom random) {
    return random.nextInt(8) == 0 ? connection(random) : 1_000 + random.nextInt(PORTS);
  }

  private static int connection(SplittableRandom random) {
    return ExportMessage.MAX_PORT + 1 + random.nextInt(CONNECTIONS);
  }

  private void decode(byte[] datagram, int exporter, int port) {
    long heldBefore = decoder.counters().value(Counter.HELD_SETS);
    long octetsToDecode = datagram.length + heldOctets;
    long bytesBefore = threads.getCurrentThreadAllocatedBytes();
    Steps.begin(FIXED_STEPS + STEPS_PER_OCTET * octetsToDecode);
    decoder.decode(datagram, exporter, port, nowMillis);
    long taken = Steps.end();
    long bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
    note(datagram.length, octetsToDecode, taken, bytes);
    heldOctets += decoder.counters().value(Counter.HELD_SETS) > heldBefore ? datagram.length : 0;
    heldOctets = Accounting.held(decoder.counters()) == 0 ? 0 : heldOctets;
  }

  private void note(int length, long octetsToDecode, long taken, long bytes) {
    if (!isWarm) {
      return;
    }
    octets += length;
    steps += taken;
    maxSteps = Math.max(maxSteps, taken);
    maxStepsPerOctet =
        Math.max(maxStepsPerOctet, (double) (taken - FIXED_STEPS) / Math.max(length, 1));
    allocated += bytes;
    maxAllocated = Math.max(maxAllocated, bytes);
    if (bytes > FIXED_BYTES + BYTES_PER_OCTET * octetsToDecode) {
      throw new AssertionError(
          "%d octets made the decoder allocate %d bytes".formatted(length, bytes));
    }
  }

  private long heapInUse() {
    System.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private Report report(long heapEarly, long heapLate) {
    DecodeCounters counters = decoder.counters();
    return new Report(
        octets,
        counters.value(Counter.DATAGRAMS_DECODED),
        counters.value(Counter.FLOW_RECORDS),
        Accounting.dropped(counters, Level.SET),
        steps,
        maxSteps,
        maxStepsPerOctet,
        allocated,
        maxAllocated,
        heapEarly,
        heapLate);
  }

  private static String failure(long number, long seed, byte[] datagram) {
    return "datagram %d of seed %d: %s".formatted(number, seed, HexFormat.of().formatHex(datagram));
  }
}
