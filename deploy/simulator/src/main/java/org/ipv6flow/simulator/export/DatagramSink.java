package org.ipv6flow.simulator.export;

/** Where the messages of one transport session go. Single-threaded. */
public interface DatagramSink {

  /**
   * Sends one message; the array belongs to the caller again afterwards.
   *
   * @param records data records of flows in it
   * @param scaledOctets their octets times the sampling interval
   */
  void send(byte[] message, int length, int records, long scaledOctets);

  /** Sends what is held back. */
  default void flush() {}
}
