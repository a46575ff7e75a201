package org.ipv6flow.schema.config;

import java.util.List;

/**
 * A configuration that cannot be used: everything that is wrong with it, one line each, as {@code
 * file:line: what is wrong (expected: what would be right)}.
 */
public final class InvalidConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final List<String> findings;

  public InvalidConfigException(List<String> findings) {
    super(String.join("\n", findings));
    this.findings = List.copyOf(findings);
  }

  public InvalidConfigException(String finding) {
    this(List.of(finding));
  }

  public List<String> findings() {
    return findings;
  }
}
