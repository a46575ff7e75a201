/**
 * What the network is: nodes, operators, links, exporters, interfaces and prefix sets, with the
 * dates from which each holds. It says which observation of a link counts.
 */
@NullMarked
package org.ipv6flow.schema.inventory;

import org.jspecify.annotations.NullMarked;
