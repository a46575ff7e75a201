package org.ipv6flow.collector.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all observation domains of one exporter share: what they may use up together. */
final class ExporterState {

  final AtomicInteger domains = new AtomicInteger();

  /** Octets of data sets that wait for their template. */
  final AtomicLong heldOctets = new AtomicLong();

  /** Fields of all templates, as a measure of the memory they take. */
  final AtomicLong templateFields = new AtomicLong();

  final FamilySampling familySampling = new FamilySampling();
}
