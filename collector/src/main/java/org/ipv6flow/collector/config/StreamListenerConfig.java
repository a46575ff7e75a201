package org.ipv6flow.collector.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One TCP port for IPFIX ({@code collector.listen-tcp[]}).
 *
 * @param port 0 for any free one
 * @param maxConnections at a time; further ones are refused
 * @param tls null for TCP without TLS
 */
public record StreamListenerConfig(
    String address, int port, int maxConnections, @Nullable Tls tls) {

  /**
   * TLS with mutual authentication (RFC 7011 section 11.3).
   *
   * @param certificate PEM file of the collector's certificate, followed by its intermediate ones
   * @param key PEM file of its private key, PKCS #8, not encrypted
   * @param clientCa PEM file of the authorities that sign the exporters' certificates
   */
  public record Tls(Path certificate, Path key, Path clientCa) {}
}
