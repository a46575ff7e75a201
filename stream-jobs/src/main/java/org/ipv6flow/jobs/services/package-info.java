/** Which service a flow belongs to, by protocol and ports. */
@NullMarked
package org.ipv6flow.jobs.services;

import org.jspecify.annotations.NullMarked;
