package org.ipv6flow.simulator.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.simulator.export.DatagramSink;

/** Sends over UDP; every exporter from its own source address, which loopback allows. */
public final class UdpTransport implements Transport {

  private final InetSocketAddress collector;
  private final List<UdpSink> sinks = new ArrayList<>();

  public UdpTransport(InetSocketAddress collector) {
    this.collector = collector;
  }

  @Override
  public DatagramSink open(String exporterAddress) throws IOException {
    UdpSink sink = UdpSink.open(InetAddress.getByName(exporterAddress), collector);
    sinks.add(sink);
    return sink;
  }

  @Override
  public void close() throws IOException {
    for (UdpSink sink : sinks) {
      sink.close();
    }
  }
}
