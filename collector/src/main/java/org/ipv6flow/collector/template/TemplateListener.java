package org.ipv6flow.collector.template;

import org.ipv6flow.collector.message.DropReason;

/** Receives the template records of a set in wire order. */
public interface TemplateListener {

  void onTemplate(Template template);

  /** A template record that was not taken, and why. */
  void onTemplateDropped(DropReason reason);
}
