package org.ipv6flow.simulator.network;

import java.io.IOException;
import org.ipv6flow.simulator.export.DatagramSink;

/** Gives each exporter its ways to the collector. */
public interface Transport extends AutoCloseable {

  /** A new source port of the exporter. */
  DatagramSink open(String exporterAddress) throws IOException;

  @Override
  void close() throws IOException;
}
