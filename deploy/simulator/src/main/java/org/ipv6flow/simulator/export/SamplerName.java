package org.ipv6flow.simulator.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name a sampler was configured with (IE 84), padded with zeros. */
final class SamplerName {

  private SamplerName() {}

  static void write(long samplingInterval, byte[] into, int at, int length) {
    byte[] name = ("sampler-1-in-" + samplingInterval).getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(into, at, at + length, (byte) 0);
    System.arraycopy(name, 0, into, at, Math.min(name.length, length));
  }
}
