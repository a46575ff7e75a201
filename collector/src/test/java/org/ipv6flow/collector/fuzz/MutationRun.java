package org.ipv6flow.collector.fuzz;

/** A run of mutated datagrams through the decoder. */
public interface MutationRun {

  /**
   * Decodes mutated datagrams, and throws if an outcome is not counted, or costs too much.
   *
   * @param seed two runs with the same seed are the same
   */
  Report run(long datagrams, long seed);

  /**
   * What a run saw.
   *
   * @param octets of all datagrams
   * @param decoded datagrams that were decoded
   * @param flowRecords that came out
   * @param droppedSets data sets and others that were dropped for a reason
   * @param steps that all datagrams took, see {@link Steps}
   * @param maxSteps that one datagram took
   * @param maxStepsPerOctet that one datagram took for each of its octets, beyond what every
   *     datagram may take
   * @param allocatedBytes for all datagrams
   * @param maxAllocatedBytes for one datagram
   * @param heapBytesEarly in use after half of the datagrams
   * @param heapBytesLate in use after all of them, nothing given back yet
   */
  record Report(
      long octets,
      long decoded,
      long flowRecords,
      long droppedSets,
      long steps,
      long maxSteps,
      double maxStepsPerOctet,
      long allocatedBytes,
      long maxAllocatedBytes,
      long heapBytesEarly,
      long heapBytesLate) {}
}
