package org.ipv6flow.collector.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes datagrams out of others, by damage of the kinds that decoders fall for. */
final class Mutator {

  private static final int[] LENGTHS = {
    0, 1, 2, 3, 4, 5, 8, 15, 16, 17, 20, 24, 255, 256, 1_400, 32_768, 65_534, 65_535
  };

  private static final int IPFIX = 10;
  private static final int MAX_OCTETS = 65_507;
  private static final int MAX_MUTATIONS = 4;

  private final List<byte[]> seeds;
  private final SplittableRandom random;
  private final RandomMessages messages;

  Mutator(List<byte[]> seeds, SplittableRandom random) {
    this.seeds = seeds;
    this.random = random;
    messages = new RandomMessages(random);
  }

  byte[] next() {
    byte[] datagram = random.nextInt(5) < 2 ? messages.next() : seed().clone();
    for (int mutations = random.nextInt(MAX_MUTATIONS); mutations > 0; mutations--) {
      datagram = mutate(datagram);
    }
    if (random.nextInt(4) != 0) {
      correctLength(datagram);
    }
    return datagram.length > MAX_OCTETS ? Arrays.copyOf(datagram, MAX_OCTETS) : datagram;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] mutate(byte[] datagram) {
    if (datagram.length < 2) {
      return seed().clone();
    }
    switch (random.nextInt(10)) {
      case 0 -> {
        return Arrays.copyOf(datagram, random.nextInt(datagram.length + 1));
      }
      case 1 -> {
        byte[] other = seed();
        byte[] spliced = Arrays.copyOf(datagram, datagram.length + other.length);
        System.arraycopy(other, 0, spliced, random.nextInt(datagram.length), other.length);
        return spliced;
      }
      case 2 -> {
        return repeat(datagram);
      }
      case 3 -> {
        return Arrays.copyOf(datagram, datagram.length + random.nextInt(60));
      }
      case 4, 5 -> {
        int at = 2 * random.nextInt(datagram.length / 2);
        putU16(datagram, at, LENGTHS[random.nextInt(LENGTHS.length)]);
      }
      case 6 -> {
        int from = random.nextInt(datagram.length);
        int to = from + random.nextInt(Math.min(datagram.length - from, 24)) + 1;
        Arrays.fill(datagram, from, to, (byte) random.nextInt());
      }
      case 7 -> {
        int at = random.nextInt(datagram.length);
        datagram[at] ^= (byte) (1 << random.nextInt(8));
      }
      default -> {
        for (int i = random.nextInt(6); i >= 0; i--) {
          datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
        }
      }
    }
    return datagram;
  }

  /** A piece of it once more, or many times: records and sets are repetitive. */
  private byte[] repeat(byte[] datagram) {
    int from = random.nextInt(datagram.length);
    int octets = random.nextInt(datagram.length - from) + 1;
    int times = random.nextInt(16) == 0 ? random.nextInt(200) : random.nextInt(4);
    int repeated = Math.min(octets * times, MAX_OCTETS - datagram.length);
    if (repeated <= 0) {
      return datagram;
    }
    byte[] longer = new byte[datagram.length + repeated];
    int to = from + octets;
    System.arraycopy(datagram, 0, longer, 0, to);
    for (int at = to; at < to + repeated; at++) {
      longer[at] = longer[at - octets];
    }
    System.arraycopy(datagram, to, longer, to + repeated, datagram.length - to);
    return longer;
  }

  /** Or else most of the damage would be behind the end of the message. */
  private static void correctLength(byte[] datagram) {
    if (datagram.length >= 16 && datagram[0] == 0 && datagram[1] == IPFIX) {
      putU16(datagram, 2, datagram.length);
    }
  }

  private static void putU16(byte[] octets, int at, int value) {
    octets[at] = (byte) (value >>> 8);
    octets[at + 1] = (byte) value;
  }
}
