package org.ipv6flow.standalone.collector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * An exporter on the loopback address that sends at a steady rate whether there is a collector or
 * not, and knows what it sent: IPFIX in the domains 0 and 1, NetFlow v9 in domain 2.
 */
final class TestExporter implements AutoCloseable {

  /** An export message, by what identifies it in Kafka. */
  record Message(int domain, int sequence) {}

  static final int NETFLOW_9_DOMAIN = 2;

  private static final int DOMAINS = 3;
  private static final int TEMPLATE = 256;
  private static final int MAX_RECORDS = 17;
  private static final int RECORD_OCTETS = 12;
  private static final int MESSAGES_PER_SECOND = 2_000;
  private static final int IPFIX = 10;
  private static final int NETFLOW_9 = 9;

  /** The collector saves templates within a second. */
  private static final long TEMPLATES_SAVED_MILLIS = 1_500;

  private static final long QUIET_MILLIS = 500;

  private final InetSocketAddress target;
  private final DatagramChannel channel;
  private final Map<Message, Integer> sent = new ConcurrentHashMap<>();
  private final int[] sequence = new int[DOMAINS];
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final long start = System.currentTimeMillis();
  private volatile boolean sending = true;
  private Future<?> load = thread.submit(() -> {});

  TestExporter(int port) throws IOException {
    target = new InetSocketAddress("127.0.0.1", port);
    channel = DatagramChannel.open();
  }

  /** Sends templates, once and for all, and waits until they are kept. */
  TestExporter announce() throws IOException, InterruptedException {
    for (int domain = 0; domain < DOMAINS; domain++) {
      int octets = headerOctets(domain) + 4 + 12;
      ByteBuffer message = header(octets, domain, 1);
      int templateSet = domain == NETFLOW_9_DOMAIN ? 0 : 2;
      message.putShort((short) templateSet).putShort((short) 16);
      message.putShort((short) TEMPLATE).putShort((short) 2);
      message.putShort((short) 8).putShort((short) 4).putShort((short) 1).putShort((short) 8);
      channel.send(message.flip(), target);
      sequence[domain] += domain == NETFLOW_9_DOMAIN ? 1 : 0;
    }
    Thread.sleep(TEMPLATES_SAVED_MILLIS);
    return this;
  }

  /** Begins to send flow records. */
  TestExporter begin() {
    load = thread.submit(this::run);
    return this;
  }

  /** Sends a last message of each domain, for nothing else tells that the one before was lost. */
  void end() throws IOException, InterruptedException, ExecutionException {
    sending = false;
    load.get();
    Thread.sleep(QUIET_MILLIS);
    for (int domain = 0; domain < DOMAINS; domain++) {
      send(domain, 1);
    }
    Thread.sleep(QUIET_MILLIS);
  }

  /** Flow records sent, by message. */
  Map<Message, Integer> sent() {
    return sent;
  }

  private Void run() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (long i = 0; sending; i++) {
      long wait = begin + i * (1_000_000_000L / MESSAGES_PER_SECOND) - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
      }
      send((int) (i % DOMAINS), 1 + (int) (i % MAX_RECORDS));
    }
    return null;
  }

  private void send(int domain, int records) throws IOException {
    int setOctets = 4 + records * RECORD_OCTETS;
    ByteBuffer message = header(headerOctets(domain) + setOctets, domain, records);
    message.putShort((short) TEMPLATE).putShort((short) setOctets);
    for (int i = 0; i < records; i++) {
      message.putInt(0x0A00_0001).putLong(100);
    }
    sent.put(new Message(domain, sequence[domain]), records);
    sequence[domain] += domain == NETFLOW_9_DOMAIN ? 1 : records;
    channel.send(message.flip(), target);
  }

  private static int headerOctets(int domain) {
    return domain == NETFLOW_9_DOMAIN ? 20 : 16;
  }

  /** RFC 7011 section 3.1, RFC 3954 section 5.1. */
  private ByteBuffer header(int octets, int domain, int records) {
    ByteBuffer message = ByteBuffer.allocate(octets);
    long now = System.currentTimeMillis();
    if (domain == NETFLOW_9_DOMAIN) {
      message.putShort((short) NETFLOW_9).putShort((short) records).putInt((int) (now - start));
    } else {
      message.putShort((short) IPFIX).putShort((short) octets);
    }
    return message.putInt((int) (now / 1_000)).putInt(sequence[domain]).putInt(domain);
  }

  @Override
  public void close() throws IOException {
    sending = false;
    thread.shutdownNow();
    channel.close();
  }
}
