/** Some flow records as rows, with truncated addresses: for investigation, not for counting. */
@NullMarked
package org.ipv6flow.jobs.flows;

import org.jspecify.annotations.NullMarked;
