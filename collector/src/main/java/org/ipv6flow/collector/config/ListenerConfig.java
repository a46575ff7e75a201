package org.ipv6flow.collector.config;

/**
 * One UDP port ({@code collector.listen[]}).
 *
 * @param port 0 for any free one
 * @param sockets sockets that share the port, each with an event loop of its own
 * @param receiveBufferBytes asked of the kernel for each socket
 * @param maxDatagramOctets longer datagrams are cut off, and what is cut off is counted as dropped
 * @param spreadDatagrams each datagram goes to any of the sockets, so that one exporter can keep
 *     several busy; else all of an exporter's port go to the same
 */
public record ListenerConfig(
    String address,
    int port,
    int sockets,
    int receiveBufferBytes,
    int maxDatagramOctets,
    boolean spreadDatagrams) {

  public ListenerConfig(
      String address, int port, int sockets, int receiveBufferBytes, int maxDatagramOctets) {
    this(address, port, sockets, receiveBufferBytes, maxDatagramOctets, false);
  }
}
