package org.ipv6flow.launcher.chaos;

/** A direction of a link and an IP version: what is compared one by one. */
record LinkCell(String link, String direction, int ipVersion) {}
