package org.ipv6flow.simulator.network;

/**
 * What a bad network does to messages, each as a probability from 0 to 1.
 *
 * @param loss of a message
 * @param duplication a message arrives twice
 * @param reordering a message arrives after the next one
 */
public record Impairments(double loss, double duplication, double reordering) {

  public static final Impairments NONE = new Impairments(0, 0, 0);

  public Impairments {
    check("loss", loss);
    check("duplication", duplication);
    check("reordering", reordering);
  }

  private static void check(String name, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(name + " " + probability + " (expected: 0 to 1)");
    }
  }
}
