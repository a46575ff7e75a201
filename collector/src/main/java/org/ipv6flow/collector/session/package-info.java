/**
 * State of exporters and their observation domains: templates, held sets, sequence numbers and
 * counters. Shared state is copy-on-write or locked per domain; counters have one writer each.
 */
@NullMarked
package org.ipv6flow.collector.session;

import org.jspecify.annotations.NullMarked;
