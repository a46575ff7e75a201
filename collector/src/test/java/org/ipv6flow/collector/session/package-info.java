/** Tests of the state of exporters. Sequences and reports. */
@NullMarked
package org.ipv6flow.collector.session;

import org.jspecify.annotations.NullMarked;
