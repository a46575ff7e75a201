package org.ipv6flow.collector.template;

import org.ipv6flow.collector.message.DropReason;

/** Receives the template records of a set in wire order. */
public interface TemplateListener {

  void onTemplate(Template template);

  /**
   * A withdrawal (RFC 7011 section 8.1).
   *
   * @param templateId the template; the ID of the template set for all of its kind
   */
  void onWithdrawal(int templateId, Template.Kind kind);

  /** A template record that was not taken, and why. */
  void onTemplateDropped(DropReason reason);
}
