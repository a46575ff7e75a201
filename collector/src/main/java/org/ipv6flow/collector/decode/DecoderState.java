package org.ipv6flow.collector.decode;

import org.ipv6flow.collector.session.DecoderLimits;

/** State of exporters shared by the decoders of all event loops; thread-safe. */
public final class DecoderState {

  private final DecoderLimits limits;

  public DecoderState(DecoderLimits limits) {
    this.limits = limits;
  }

  public DecoderLimits limits() {
    return limits;
  }
}
